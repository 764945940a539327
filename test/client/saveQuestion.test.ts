/** What the page may have saved and written out, in an editor that the test plays. */

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Asked } from '../../media/questions.ts';

const world = vi.hoisted(() => ({
  chosen: undefined as unknown,
  dialogs: [] as { readonly defaultUri?: { readonly path: string }; readonly filters?: unknown }[],
  written: [] as (readonly [path: string, bytes: Uint8Array])[],
}));

vi.mock('vscode', () => {
  const uri = (path: string) => ({ scheme: 'file', path });
  return {
    Uri: {
      joinPath: ({ path }: { path: string }, part: string) =>
        uri(part === '..' ? path.replace(/\/[^/]*$/, '') : `${path}/${part}`),
    },
    window: {
      showSaveDialog: async (options: (typeof world.dialogs)[number]) => {
        world.dialogs.push(options);
        return world.chosen;
      },
    },
    workspace: {
      workspaceFolders: undefined,
      fs: {
        writeFile: async ({ path }: { path: string }, bytes: Uint8Array) => {
          world.written.push([path, bytes]);
        },
      },
    },
  };
});

const { save } = await import('../../client/questions/save.ts');
const { text } = await import('../../client/questions/text.ts');

type Desk = Parameters<typeof save.answer>[1];
const spec = { scheme: 'file', path: '/home/a/study/music.causal', toString: () => 'file:///music.causal' };
const desk = (parts: Partial<Desk> = {}): Desk =>
  ({ spec, open: async () => ({}), estimates: () => null, ...parts }) as unknown as Desk;

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]).toString('base64');
const svg: Asked<'save'> = { name: 'Weighting: Are the groups alike?', format: 'svg', content: '<svg/>' };

beforeEach(() => {
  world.chosen = { scheme: 'file', path: '/tmp/x.svg' };
  world.dialogs = [];
  world.written = [];
});

describe('saving a picture', () => {
  it('proposes a name that every system takes, and writes the bytes', async () => {
    const sound = save.read({ ...svg, content: '<svg xmlns="x"/>' });
    expect(sound).not.toBeNull();
    expect(await save.answer({ ...svg, content: '<svg xmlns="é"/>' }, desk())).toBe('x.svg');
    expect(world.dialogs[0]?.defaultUri?.path).toBe('/home/a/study/music-Weighting-Are-the-groups-alike.svg');
    expect(world.written.map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])).toEqual([
      ['/tmp/x.svg', '<svg xmlns="é"/>'],
    ]);
  });

  it.each([
    ['../../etc/passwd', 'music-etc-passwd.png'],
    ['a\nb\0c:\\d', 'music-a-b-c-d.png'],
    ['<>?*|', 'music-picture.png'],
    ['年齢 и возраст', 'music-年齢-и-возраст.png'],
    ['x'.repeat(300), `music-${'x'.repeat(60)}.png`],
  ])('calls %j %s', async (name, file) => {
    await save.answer({ name, format: 'png', content: PNG }, desk());
    expect(world.dialogs[0]?.defaultUri?.path).toBe(`/home/a/study/${file}`);
    expect(world.written[0]?.[1].subarray(0, 4)).toEqual(new Uint8Array([0x89, 0x50, 0x4e, 0x47]));
  });

  it('writes nothing where the person changed their mind, and over no spec', async () => {
    world.chosen = undefined;
    expect(await save.answer(svg, desk())).toBeNull();
    world.chosen = { scheme: 'file', path: '/home/a/other.CAUSAL' };
    await expect(save.answer(svg, desk())).rejects.toThrow('other.CAUSAL would be a spec');
    expect(world.written).toEqual([]);
  });

  it.each([
    { name: 'a', format: 'png', content: 'AAAA' },
    { name: 'a', format: 'png', content: `${PNG}\n<script>` },
    { name: 'a', format: 'svg', content: '<html></html>' },
    { name: 'a', format: 'svg', content: '<svgx>' },
    { name: 'a', format: 'pdf', content: '<svg >' },
    { name: 7, format: 'svg', content: '<svg >' },
    { name: 'a'.repeat(1001), format: 'svg', content: '<svg >' },
    { name: 'a', format: 'svg' },
    {},
  ])('does not take %j', (asked) => {
    expect(save.read(asked)).toBeNull();
  });
});

describe('a text for elsewhere', () => {
  const asked: unknown[] = [];
  const server = (answer: object) =>
    ({
      request: async (_descriptor: object, params: object) => {
        asked.push(params);
        return answer;
      },
    }) as unknown as Desk['server'];

  it('says where the estimates that it tells of are out of date', async () => {
    const report = { rows: {}, estimates: [] } as unknown as NonNullable<
      ReturnType<Desk['estimates']>
    >['report'];
    const parts = {
      server: server({ kind: 'text', text: 'We', notes: ['b'] }),
      estimates: () => ({ report, stale: true }),
    };
    expect(await text.answer({ what: 'method' }, desk(parts))).toEqual({
      text: 'We',
      notes: ['The text or the data have changed since these estimates were made.', 'b'],
    });
    expect(await text.answer({ what: 'dot' }, desk(parts))).toEqual({ text: 'We', notes: ['b'] });
    expect(asked).toEqual([
      { uri: 'file:///music.causal', what: 'method', report },
      { uri: 'file:///music.causal', what: 'dot', report: null },
    ]);
  });

  it('refuses with what the server says', async () => {
    const failing = server({ kind: 'failure', code: 'no-estimates', message: 'Run the estimates first.' });
    await expect(text.answer({ what: 'method' }, desk({ server: failing }))).rejects.toThrow(
      'Run the estimates first.',
    );
    expect(text.read({ what: 7 })).toBeNull();
    expect(text.read({})).toBeNull();
  });
});
