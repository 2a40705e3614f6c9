import { UnreadableEventError } from '../application/game-event-codec.ts';
import { EventStoreError } from '../event-store/event-store.ts';
import { InvalidSettingError } from '../event-store/open.ts';
import { ModelError } from '../read-models/model.ts';
import { ForeignCheckpointError } from '../read-models/own-checkpoint.ts';
import { StepOpenError } from '../todo.ts';

export const exitCode = { fine: 0, failed: 1, usage: 2, interrupted: 130 };

/**
 * Explains an error of a store or of a read model. Others are thrown again.
 *
 * @returns the exit code
 */
export function explainModelError(error: unknown): number {
  if (error instanceof StepOpenError) {
    console.log(error.message);
    return exitCode.fine;
  }
  if (error instanceof InvalidSettingError) {
    console.error(error.message);
    return exitCode.usage;
  }
  if (isExpected(error)) {
    console.error(error.message);
    return exitCode.failed;
  }
  throw error;
}

function isExpected(error: unknown): error is Error {
  const expected = [EventStoreError, UnreadableEventError, ModelError, ForeignCheckpointError];
  return expected.some((kind) => error instanceof kind);
}
