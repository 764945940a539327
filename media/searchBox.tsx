/** A box to find a variable by its name, role or note, and to go to it. */

import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SnapshotNode } from '../engine/report/snapshot.ts';
import { caption } from '../views/roles.ts';
import { printable } from '../views/text.ts';
import { Icon } from './icons.tsx';
import { found } from './search.ts';

/** Matches listed at once. */
const LISTED = 8;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  );
}

/** Calls `open` at Ctrl+F (Cmd+F), and at a slash where nothing is being typed. */
function useOpeningKeys(open: () => void): void {
  const latest = useRef(open);
  latest.current = open;
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      const find = event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey) && !event.altKey;
      const slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !isTyping(event.target);
      if (!find && !slash) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', down);
    return () => document.removeEventListener('keydown', down);
  }, []);
}

interface SearchBoxProps {
  readonly nodes: readonly SnapshotNode[];
  /** Shows a variable and moves the keyboard to it. */
  readonly onFound: (name: string) => void;
}

/** A button that unfolds into the box; the arrow keys choose among what was found, Enter goes there, Escape folds it up. */
export function SearchBox({ nodes, onFound }: SearchBoxProps): JSX.Element {
  const [words, setWords] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const open = words !== null;
  useOpeningKeys(() => {
    setWords((before) => before ?? '');
    input.current?.select();
  });
  useEffect(() => {
    if (open) input.current?.focus();
  }, [open]);
  const matches = found(nodes, words ?? '');
  const listed = matches.slice(0, LISTED);
  const chosen = listed[Math.min(at, listed.length - 1)];
  const fold = (): void => {
    setWords(null);
    setAt(0);
  };
  const go = (name: string): void => {
    fold();
    onFound(name);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && listed.length > 0)
      setAt((Math.min(at, listed.length - 1) + step + listed.length) % listed.length);
    else if (event.key === 'Enter' && chosen !== undefined) go(chosen.name);
    else if (event.key === 'Escape') {
      fold();
      button.current?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <search class="search">
      <button
        ref={button}
        type="button"
        class="tool"
        title="Find a variable (Ctrl+F or /)"
        aria-label="Find a variable"
        aria-expanded={open}
        onClick={() => (open ? fold() : setWords(''))}
      >
        <Icon name="search" />
      </button>
      {words === null ? null : (
        <>
          <input
            ref={input}
            class="field"
            type="text"
            role="combobox"
            aria-label="Find a variable by name, role or note"
            aria-expanded={listed.length > 0}
            aria-controls="found"
            aria-autocomplete="list"
            {...(chosen === undefined ? {} : { 'aria-activedescendant': `found-${listed.indexOf(chosen)}` })}
            placeholder="Name, role or note"
            value={words}
            onInput={(event) => {
              setWords(event.currentTarget.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
          <div
            id="found"
            class="found"
            role="listbox"
            aria-label="Variables found"
            hidden={listed.length === 0}
          >
            {listed.map((node, i) => (
              // The box itself hears the keys; the pointer is all that comes here.
              <div
                key={node.name}
                id={`found-${i}`}
                role="option"
                tabIndex={-1}
                aria-selected={node === chosen}
                onPointerDown={(event) => {
                  event.preventDefault();
                  go(node.name);
                }}
              >
                <bdi>{printable(node.name)}</bdi> <span class="quiet">{caption(node)}</span>
                {node.note === undefined ? null : (
                  <span class="quiet found-note">{printable(node.note)}</span>
                )}
              </div>
            ))}
          </div>
          <p class="quiet found-count" role="status">
            {words.trim() === ''
              ? ''
              : matches.length === 0
                ? 'No variable found'
                : `${matches.length} found`}
          </p>
        </>
      )}
    </search>
  );
}
