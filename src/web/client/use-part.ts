import { useEffect, useState } from 'hono/jsx/dom';

import type { Problem } from '../messages.ts';
import { followStream } from './live.ts';
import { post } from './server-api.ts';

/** What a part of the server shows now, as its messages say, and a way to ask it for something. */
export function usePart(name: string) {
  const [view, setView] = useState<unknown>(undefined);
  const [trouble, setTrouble] = useState<string | undefined>(undefined);
  useEffect(() => {
    followStream<unknown>(`/api/${name}/live`, 'view', {
      onHello: () => {
        setTrouble(undefined);
      },
      onData: setView,
      onProblem: ({ detail }) => {
        setTrouble(detail);
      },
    });
  }, []);
  const ask = async (request: object): Promise<void> => {
    const answer = (await post(`/api/${name}`, request)) as Partial<Problem>;
    setTrouble(answer.detail);
  };
  return { view, trouble, ask };
}
