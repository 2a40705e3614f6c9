import { useLayoutEffect, useState } from 'hono/jsx/dom';

import { drawers, type DrawerProps } from './drawers.tsx';
import { StateView } from './state-view.tsx';

/** What stands beside the stream: the state, or the drawer that is open. */
export function Side(props: DrawerProps) {
  const [openId, setOpenId] = useState('state');
  const toggle = (id: string) => setOpenId((now) => (now === id ? 'state' : id));
  useLayoutEffect(() => {
    const press = ({ key, target, ctrlKey, metaKey }: KeyboardEvent) => {
      if (key !== '?' || ctrlKey || metaKey) return;
      if (!(target instanceof HTMLElement && target.matches('input, textarea'))) toggle('keys');
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  const panels = [{ id: 'state', title: 'State', Panel: StateView }, ...drawers];
  const { id, Panel } = panels.find((one) => one.id === openId) ?? { id: 'state', Panel: StateView };
  return (
    <div class="side">
      <div class="drawer-buttons" role="group" aria-label="Beside the stream">
        {panels.map((one) => (
          <button
            key={one.id}
            aria-expanded={String(one.id === id)}
            aria-controls="drawer"
            onClick={() => toggle(one.id)}
          >
            {one.title}
          </button>
        ))}
      </div>
      <div id="drawer" class="drawer" key={id}>
        <Panel {...props} />
      </div>
    </div>
  );
}
