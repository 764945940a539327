/** What keeps a run from its data: a code of the language's diagnostics, or of the run's own, and what to do about it. */
export interface DataFailure {
  readonly kind: 'failure';
  readonly code:
    | 'missing-role'
    | 'no-data'
    | 'data-statement'
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
