/** What saves the picture of the figure that it stands in. */

import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Host } from '../host.ts';
import { Icon } from '../icons.tsx';
import { ErrandWord } from './errandWord.tsx';
import { MenuButton } from './menuButton.tsx';
import { type PictureFormat, savePicture } from './savePicture.ts';
import { useErrand } from './useErrand.ts';

/** A small button with a menu: SVG or PNG. It goes into the `<figure>` with the picture, anywhere. */
export function FigureMenu(props: { readonly host: Host; readonly title: string }): JSX.Element {
  const { host, title } = props;
  const place = useRef<HTMLSpanElement>(null);
  const { word, run } = useErrand();
  const save = (format: PictureFormat) => (): void =>
    run(async () => {
      // Signs of buttons are pictures too.
      const picture =
        place.current?.closest('figure')?.querySelector<SVGSVGElement>('svg:not(.icon)') ?? null;
      if (picture === null) throw new Error('There is no picture to save.');
      return savePicture(host, picture, title, format);
    });
  return (
    <span class="figure-menu" ref={place}>
      <ErrandWord word={word} />
      <MenuButton
        label={`Save the picture “${title}”`}
        buttonClass="tool"
        groups={[
          {
            title: '',
            items: [
              { label: 'Save as SVG…', act: save('svg') },
              { label: 'Save as PNG…', act: save('png') },
            ],
          },
        ]}
      >
        <Icon name="save" />
      </MenuButton>
    </span>
  );
}
