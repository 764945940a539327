import { useEffect, useMemo } from 'preact/hooks';
import type { Host } from './host.ts';

/** Milliseconds within which the last of many states is the one that counts: a drag makes one with every move of the pointer. */
const DELAY = 150;

/** `host.save` for states that follow each other closely; the last one is never lost, not even as the page goes. */
export function useSaving(host: Host): (state: unknown) => void {
  const saving = useMemo(() => {
    let waiting: { readonly state: unknown } | null = null;
    let timer = 0;
    const flush = (): void => {
      clearTimeout(timer);
      if (waiting !== null) host.save(waiting.state);
      waiting = null;
    };
    const save = (state: unknown): void => {
      waiting = { state };
      clearTimeout(timer);
      timer = window.setTimeout(flush, DELAY);
    };
    return { save, flush };
  }, [host]);
  useEffect(() => {
    window.addEventListener('pagehide', saving.flush);
    return () => {
      window.removeEventListener('pagehide', saving.flush);
      saving.flush();
    };
  }, [saving]);
  return saving.save;
}
