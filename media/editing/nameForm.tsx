/** Asks for a name: of a variable that is added, or a new one for a variable that is there. */

import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { printable } from '../../views/text.ts';
import { Popup } from './popup.tsx';
import type { Editing, OpenPopup } from './useEditing.ts';

const PLAIN = /^[\p{L}_][\p{L}\p{N}_.]*$/u;

/** What is to be said of a name while it is typed: why it cannot be, or how the text will write it. */
function remark(
  name: string,
  own: string | null,
  taken: readonly string[],
): { readonly text: string; readonly wrong: boolean } {
  if (name.includes('`')) return { text: 'A name holds no backtick.', wrong: true };
  if (name !== own && taken.includes(name))
    return { text: `${printable(name)} is already in the graph.`, wrong: true };
  if (name === '' || PLAIN.test(name)) return { text: '', wrong: false };
  return { text: `The text will write it in backticks: \`${printable(name)}\`.`, wrong: false };
}

/** The form in a popup. What the page cannot know, the text's answer says. */
export function NameForm(props: {
  readonly popup: Exclude<OpenPopup, { readonly kind: 'menu' }>;
  readonly editing: Editing;
}): JSX.Element {
  const { popup, editing } = props;
  const own = popup.kind === 'rename' ? popup.name : null;
  const [typed, setTyped] = useState(own ?? '');
  const [latent, setLatent] = useState(false);
  const [tried, setTried] = useState(false);
  const [field, said] = [useId(), useId()];
  const name = typed.trim();
  const { text, wrong } = remark(name, own, editing.graph?.nodes.map((node) => node.name) ?? []);
  const missing = tried && name === '' ? 'Give the variable a name.' : '';
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (name === '' || wrong) return;
    editing.open(null);
    if (own === name) return;
    void editing.make(
      own === null
        ? { kind: 'add-variable', name, latent }
        : { kind: 'rename-variable', name: own, to: name },
      popup.at,
      { appears: name },
    );
  };
  const title = own === null ? 'Add a variable' : `Rename ${printable(own)}`;
  return (
    <Popup at={popup.at} label={title} role="dialog" onClose={() => editing.open(null)}>
      <form class="name-form" onSubmit={submit} noValidate>
        <label for={field}>{own === null ? 'Name of the new variable' : 'New name'}</label>
        <input
          id={field}
          type="text"
          value={typed}
          autocomplete="off"
          spellcheck={false}
          aria-invalid={wrong || missing !== ''}
          aria-describedby={said}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
        />
        <p id={said} class={wrong || missing !== '' ? 'said wrong' : 'said'} role="status">
          {missing === '' ? text : missing}
        </p>
        {own === null ? (
          <label class="choice">
            <input
              type="checkbox"
              checked={latent}
              onChange={(event) => setLatent(event.currentTarget.checked)}
            />
            It was never measured (latent)
          </label>
        ) : null}
        <div class="form-buttons">
          <button type="submit" class="primary">
            {own === null ? 'Add' : 'Rename'}
          </button>
          <button type="button" class="secondary" onClick={() => editing.open(null)}>
            Cancel
          </button>
        </div>
      </form>
    </Popup>
  );
}
