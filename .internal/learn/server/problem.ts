import type { FileText, Problem } from '../messages.ts';

/** A request is refused. The message is for the person in front of the page. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: 400 | 403 | 404 | 409 | 413 | 415 | 421 | 422 | 503;
  readonly code: string;
  readonly current: FileText | undefined;

  constructor(status: RefusedError['status'], code: string, detail: string, current?: FileText) {
    super(detail);
    this.status = status;
    this.code = code;
    this.current = current;
  }

  get problem(): Problem {
    const { code, message: detail, current } = this;
    return { code, detail, ...(current !== undefined && { current }) };
  }
}
