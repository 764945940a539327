import { useEffect, useRef, useState } from 'preact/hooks';

/** Whole seconds since something began that had gone on for `elapsed` seconds when the page was told; ticks on its own. */
export function useElapsed(elapsed: number): number {
  const [now, setNow] = useState(() => performance.now());
  const told = useRef({ elapsed, at: now });
  if (told.current.elapsed !== elapsed) told.current = { elapsed, at: performance.now() };
  useEffect(() => {
    const timer = window.setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.floor(told.current.elapsed + (now - told.current.at) / 1000));
}
