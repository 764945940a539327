import { useEffect, useState } from 'preact/hooks';

/** As in style/wide.css. */
const WIDE = '(min-width: 1180px)';

/** Is there room for graph and pane side by side? Followed as the panel changes. */
export function useWide(): boolean {
  const [wide, setWide] = useState(() => window.matchMedia(WIDE).matches);
  useEffect(() => {
    const query = window.matchMedia(WIDE);
    const follow = (): void => setWide(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return wide;
}
