/** Entry of the language server as a process of the editor's; the command line says over what it speaks. */

import { join } from 'node:path';
import { startServer } from './server.ts';

void startServer({ workerPath: join(import.meta.dirname, 'worker.cjs'), transport: 'arguments' });
