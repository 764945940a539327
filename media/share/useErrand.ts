import { useCallback, useRef, useState } from 'preact/hooks';

/** How something that was asked for went; null before, or where there is nothing to say. */
export interface Word {
  readonly kind: 'done' | 'failed';
  readonly text: string;
}

/** Milliseconds for which good news stays; bad news stays until the next errand. */
const SHOWN = 6000;

/** Does one thing after the other, and keeps what is to be said of the last. `work` gives what to say, null for nothing. */
export function useErrand(): {
  readonly word: Word | null;
  readonly run: (work: () => Promise<string | null>) => void;
} {
  const [word, setWord] = useState<Word | null>(null);
  const count = useRef(0);
  const run = useCallback((work: () => Promise<string | null>): void => {
    count.current += 1;
    const mine = count.current;
    const tell = (said: Word | null): void => {
      if (mine === count.current) setWord(said);
    };
    setWord(null);
    work().then(
      (text) => {
        tell(text === null ? null : { kind: 'done', text });
        setTimeout(() => tell(null), SHOWN);
      },
      (error: unknown) =>
        tell({ kind: 'failed', text: error instanceof Error ? error.message : String(error) }),
    );
  }, []);
  return { word, run };
}
