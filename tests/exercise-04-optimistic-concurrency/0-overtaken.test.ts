import { expect } from 'vitest';

import { OvertakenError } from '../../src/application/overtaken-error.ts';
import { DomainError } from '../../src/domain/index.ts';
import { finished, moved } from '../support/example-moves.ts';
import { alice, bob, started } from '../support/examples.ts';
import { there } from '../support/step.ts';

there('an OvertakenError describes the missed events and the rule that the command breaks now', () => {
  const refusal = new DomainError('not-your-turn', "It is Bob's turn.");
  const missed = [started, moved(bob, 'E'), finished('tied')];
  const error = new OvertakenError(missed, refusal);
  expect(error).toMatchObject({ name: 'OvertakenError', missed, refusal, cause: refusal });
  expect(error.message).toBe(
    `Somebody was faster: ${alice} and ${bob} have started the game, ${bob} has moved into column E, ` +
      "the game has ended (tied). It is Bob's turn.",
  );
});
