/** How one kind of question of the page is answered. */

import type { TextDocument, Uri, WebviewPanel } from 'vscode';
import type { FinishedRun } from '../../media/protocol.ts';
import type { Answer, Asked, QuestionKind } from '../../media/questions.ts';
import type { LanguageServer } from '../languageServer.ts';

/** What answers are made with. */
export interface Desk {
  /** Where the page is shown. */
  readonly panel: WebviewPanel;
  readonly spec: Uri;
  readonly server: LanguageServer;
  /** The spec's document, opened where it is not. */
  readonly open: () => Thenable<TextDocument>;
  /** The newest run that gave results; null before one. */
  readonly estimates: () => FinishedRun | null;
}

export interface Answerer<Kind extends QuestionKind> {
  /** What was asked if it is sound, null for anything else: nothing that comes from a page is taken on trust. */
  readonly read: (asked: Readonly<Record<string, unknown>>) => Asked<Kind> | null;
  /** Rejects with an error whose message is for a person. */
  readonly answer: (asked: Asked<Kind>, desk: Desk) => Promise<Answer<Kind>>;
}
