import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** An error that refuses a request. A program decides on the code, a person reads the sentence. */
export function refusal(status: ContentfulStatusCode, code: string, sentence: string): HTTPException {
  return new HTTPException(status, { message: sentence, cause: code });
}
