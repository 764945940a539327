/** The first record of a CSV file: which columns it has and what separates them. */

export interface CsvHeader {
  readonly header: readonly string[];
  readonly delimiter: string;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;

/**
 * Reads the header from the beginning of a file (RFC 4180: quoted names may hold delimiters, line ends and doubled quotes).
 * The delimiter is the one that stands most often outside quotes in it; a file called .tsv has tabs.
 *
 * Null where the text holds no name.
 */
export function readHeader(text: string, tabs: boolean): CsvHeader | null {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const counts = new Map<string, number>();
  let quoted = false;
  let end = start;
  for (; end < text.length; end++) {
    const character = text.charAt(end);
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '\n' || character === '\r') break;
    else counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const record = text.slice(start, end);
  if (record.trim() === '') return null;
  const commonest = [...DELIMITERS].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))[0];
  const delimiter = tabs ? '\t' : (commonest ?? ',');
  return { header: splitRecord(record, delimiter), delimiter };
}

function splitRecord(record: string, delimiter: string): string[] {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < record.length; i++) {
    const character = record.charAt(i);
    if (character === '"' && quoted && record.charAt(i + 1) === '"') {
      field += '"';
      i += 1;
    } else if (character === '"') {
      quoted = !quoted;
    } else if (character === delimiter && !quoted) {
      fields.push(field);
      field = '';
    } else {
      field += character;
    }
  }
  return [...fields, field].map((name) => name.trim());
}
