/** What can go wrong with a data file: a code of the language's diagnostics, and what to do about it. */
export interface DataFailure {
  readonly kind: 'failure';
  readonly code:
    | 'data-not-found'
    | 'data-unreadable'
    | 'type-mismatch'
    | 'level-unknown'
    | 'column-missing'
    | 'job-failed'
    | 'cancelled';
  readonly message: string;
}

export function dataFailure(code: DataFailure['code'], message: string): DataFailure {
  return { kind: 'failure', code, message };
}
