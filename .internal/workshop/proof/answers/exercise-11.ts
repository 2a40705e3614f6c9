import { mistakesIn, type Answers } from './answer.ts';

const personalFile = 'src/pseudonyms/personal.ts';
const cipherFile = 'src/privacy/cipher.ts';
const peopleFile = 'src/privacy/people.ts';
const rewriteFile = 'src/terminal/rewrite-file.ts';
const openFile = 'src/open-store.ts';

const inPersonal = mistakesIn(personalFile);
const inCipher = mistakesIn(cipherFile);
const inPeople = mistakesIn(peopleFile);
const inRewriting = mistakesIn(rewriteFile);
const inOpening = mistakesIn(openFile);

const starts = "return ['playerOne', 'playerTwo', 'player1', 'player2'];";
const wins = "    case 'GameWon':\n    case 'MatchWon':\n    case 'TournamentWon':\n";
const pattern = '/^(career-|season-\\d+-)(.+)$/s';

const vector = 'const iv = randomBytes(ivLength);';
const addsPerson = '.setAAD(Buffer.from(person));\n  const encrypted';
const checksPerson = '.setAAD(Buffer.from(person));\n  decipher';
const setsTag = '  decipher.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength));\n';
const finishes = 'return Buffer.concat([text, decipher.final()]).toString';

const finds = 'const found = findPerson(places, name);\n  if (found !== undefined) return found;';
const refuses =
  "  if (peopleIn(places).some(({ state }) => state === 'missing' || state === 'damaged')) throw new MissingKeyError();\n";
const newId = 'const id = newPersonId();';
const makesKey =
  'const key = places.keys.create(id); // a key without a name does no harm, a name without a key does\n';
const setsName = '  places.names.set(id, { id, sealed: seal(name, key, id) });\n  return id;';

const forgotten = "if (forgotten !== undefined || key.state === 'forgotten') return called('forgotten');";
const missing = "if (key.state === 'missing' || sealed === undefined) return called('missing');";
const reads = "return { id, state: 'has a key', name: unseal(sealed, one, id) };";
const tries = 'for (const one of key.keys) {';
const calls = 'name: substituteFor(state, id) });';
const damaged = "  return called('damaged');\n";

const order = '  emptyCopies();\n  keys.forget(id, at);\n  names.set(id, { id, forgotten: at.toISOString() });\n';

const alone = 'PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON';
const inOne = '    database\n      .transaction(() => {\n        change(database);\n      })\n      .exclusive();\n';
const vacuums = "    database.exec('VACUUM'); // the pages are written anew, without gaps\n";
const explains =
  '    throw isInUse(error) ? new FileInUseError(file, error) : error;\n  } finally {\n    database.close();\n  }\n}\n\nfunction';
const wraps = 'return withoutNames(hidden, openPeople(url));';

export const answers: Answers = {
  wrong: [
    inPersonal('11.1', 'the second player is forgotten', [starts, "return ['playerOne', 'player1', 'player2'];"]),
    inPersonal('11.1', 'the earlier fields are forgotten', [starts, "return ['playerOne', 'playerTwo'];"]),
    inPersonal('11.1', 'a move names nobody', ["      return ['player'];", '      return [];']),
    inPersonal('11.1', 'lists are left out', ["      return ['players'];", '      return [];']),
    inPersonal('11.1', 'the winner of a game of earlier days stays', [wins, wins.replace("    case 'GameWon':\n", '')]),
    inPersonal('11.1', 'the winner of a tournament stays', [wins, wins.replace("    case 'TournamentWon':\n", '')]),
    inPersonal('11.1', 'the player who forfeits stays', ["return ['by', 'winner'];", "return ['winner'];"]),
    inPersonal('11.1', 'the result counts as a name', [
      '    default:\n      return [];\n  }\n}\n\n/** The fields of an event that hold a sentence',
      "    case 'GameFinished':\n      return ['result'];\n    default:\n      return [];\n  }\n}\n\n/** The fields of an event that hold a sentence",
    ]),
    inPersonal('11.1', 'names inside of a balance stay', [
      "return ['balance.recent.opponent'];",
      "return ['opponent'];",
    ]),
    inPersonal('11.1', 'all events have the same personal fields', [
      '    default:\n      return [];\n  }\n}\n\n/** The fields of an event that hold a sentence',
      "    default:\n      return ['player', 'winner'];\n  }\n}\n\n/** The fields of an event that hold a sentence",
    ]),
    inPersonal('11.1', 'seasons are left out', [pattern, '/^(career-)(.+)$/s']),
    inPersonal('11.1', 'a name ends at a hyphen', [pattern, '/^(career-|season-\\d+-)([^-]+)/s']),
    inPersonal('11.1', 'a name ends at a line break', [pattern, '/^(career-|season-\\d+-)(.+)/']),
    inPersonal('11.1', 'a stream may begin with something else', [pattern, '/(career-|season-\\d+-)(.+)$/s']),
    inPersonal('11.1', 'a year has four digits', [pattern, '/^(career-|season-\\d{4}-)(.+)$/s']),

    inCipher('11.2', 'the initialization vector is always the same', [vector, 'const iv = Buffer.alloc(ivLength);']),
    inCipher('11.2', 'the initialization vector follows from the person', [
      vector,
      "const iv = Buffer.from(person.padEnd(ivLength, '-')).subarray(0, ivLength);",
    ]),
    inCipher(
      '11.2',
      'the person is not part of it',
      [addsPerson, ';\n  const encrypted'],
      [checksPerson, ';\n  decipher'],
    ),
    inCipher('11.2', 'changes are not noticed', [setsTag, ''], [finishes, 'return text.toString']),
    inCipher('11.2', 'the end is not checked', [finishes, 'return text.toString']),
    inCipher(
      '11.2',
      'a name is only encoded',
      [
        "const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);",
        'cipher.final();\n  const encrypted = Buffer.from(text);',
      ],
      [
        'const text = decipher.update(bytes.subarray(ivLength + tagLength));',
        'const text = bytes.subarray(ivLength + tagLength);',
      ],
      [finishes, 'return text.toString'],
    ),
    inCipher('11.2', 'letters beyond ASCII are lost', ["cipher.update(text, 'utf8')", "cipher.update(text, 'latin1')"]),
    inCipher(
      '11.2',
      'all people have the same key',
      ['createCipheriv(algorithm, key, iv', "createCipheriv(algorithm, Buffer.alloc(32, 'club'), iv"],
      ['createDecipheriv(algorithm, key, iv', "createDecipheriv(algorithm, Buffer.alloc(32, 'club'), iv"],
    ),
    inCipher('11.2', 'what cannot be read is empty', [
      finishes,
      "try {\n    decipher.final();\n  } catch {\n    return '';\n  }\n  return text.toString",
    ]),

    inPeople('11.3', 'a lost key counts as forgotten', [
      missing,
      missing.replace("called('missing')", "called('forgotten')"),
    ]),
    inPeople('11.3', 'a forgotten key counts as lost', [forgotten, '']),
    inPeople('11.3', 'only the keys say who was forgotten', [
      forgotten,
      forgotten.replace('forgotten !== undefined || ', ''),
    ]),
    inPeople('11.3', 'only the names file says who was forgotten', [
      forgotten,
      "if (forgotten !== undefined) return called('forgotten');\n  if (key.state === 'forgotten') return called('missing');",
    ]),
    inPeople('11.3', 'all forgotten players have the same name', [
      calls,
      "name: substituteFor(state, id).replace(/ \\(.*/, '') });",
    ]),
    inPeople('11.3', 'a damaged name counts as missing', [damaged, "  return called('missing');\n"]),
    inPeople('11.3', 'a damaged name is an error', [damaged, '  throw new MissingKeyError();\n']),
    inPeople('11.3', 'a lost key is an error', [
      missing,
      "if (key.state === 'missing' || sealed === undefined) throw new MissingKeyError();",
    ]),
    inPeople('11.3', 'a new key is made on reading', [
      missing,
      "if (key.state === 'missing') keys.create(id);\n  if (key.state === 'missing' || sealed === undefined) return called('missing');",
    ]),
    inPeople('11.3', 'only the newest key is tried', [tries, 'for (const one of key.keys.slice(0, 1)) {']),
    inPeople('11.3', 'only the oldest key is tried', [tries, 'for (const one of key.keys.slice(-1)) {']),
    inPeople('11.3', 'the name in the row of another person is read', [
      reads,
      reads.replace(
        'unseal(sealed, one, id)',
        "names.values().map((row) => { try { return unseal(sealed, one, row.id); } catch { return ''; } }).join('')",
      ),
    ]),

    inPeople('11.4', 'the id is a hash of the name', [
      newId,
      "const id = Buffer.from(name).toString('hex').padEnd(8, '0');",
    ]),
    inPeople('11.4', 'ids are counted', [newId, 'const id = String(places.names.values().length + 1);']),
    inPeople('11.4', 'each time there is a new id', [finds, '']),
    inPeople(
      '11.4',
      'the names are remembered',
      [
        finds,
        'const found = remembered.get(name) ?? findPerson(places, name);\n  if (found !== undefined) return found;',
      ],
      [setsName, setsName.replace('  return id;', '  remembered.set(name, id);\n  return id;')],
      ['/** Gives a person a new key', 'const remembered = new Map<string, string>();\n\n/** Gives a person a new key'],
    ),
    inPeople('11.4', 'names are compared without case', [
      finds,
      'const found = peopleIn(places).find((person) => person.name.toLowerCase() === name.toLowerCase())?.id;\n  if (found !== undefined) return found;',
    ]),
    inPeople('11.4', 'a name that is an id is that person', [
      finds,
      `if (places.names.get(name) !== undefined) return name;\n  ${finds}`,
    ]),
    inPeople(
      '11.4',
      'somebody who was forgotten comes back under the old id',
      [newId, "const id = peopleIn(places).find(({ state }) => state === 'forgotten')?.id ?? newPersonId();"],
      [makesKey, 'const key = Buffer.alloc(32, 7);\n  places.keys.replace(id, [key]);\n'],
    ),
    inPeople('11.4', 'lost keys are replaced', [refuses, '']),
    inPeople('11.4', 'a lost key stops everybody', [`${finds}\n${refuses}`, `${refuses}  ${finds}\n`]),
    inPeople('11.4', 'there is one key for all', [
      makesKey,
      'const key = Buffer.alloc(32, 7);\n  places.keys.replace(id, [key]);\n',
    ]),
    inPeople('11.4', 'the name is stored before the key', [
      makesKey + setsName,
      'const key = Buffer.alloc(32, 7);\n  places.names.set(id, { id, sealed: seal(name, key, id) });\n  places.keys.replace(id, [key]);\n  return id;',
    ]),
    inPeople('11.4', 'the name is stored in plain', [
      'sealed: seal(name, key, id) });\n  return id;',
      'sealed: seal(name, key, id), ...{ name } });\n  return id;',
    ]),
    inPeople('11.4', 'the name is sealed for nobody', [
      'sealed: seal(name, key, id) });\n  return id;',
      "sealed: seal(name, key, '') });\n  return id;",
    ]),

    inPeople('11.5', 'the key goes first', [
      order,
      '  keys.forget(id, at);\n  emptyCopies();\n  names.set(id, { id, forgotten: at.toISOString() });\n',
    ]),
    inPeople('11.5', 'the row goes first', [
      order,
      '  names.set(id, { id, forgotten: at.toISOString() });\n  emptyCopies();\n  keys.forget(id, at);\n',
    ]),
    inPeople('11.5', 'the row goes before the key', [
      order,
      '  emptyCopies();\n  names.set(id, { id, forgotten: at.toISOString() });\n  keys.forget(id, at);\n',
    ]),
    inPeople('11.5', 'the copies stay', [order, order.replace('  emptyCopies();\n', '')]),
    inPeople('11.5', 'the key stays', [order, order.replace('  keys.forget(id, at);\n', '')]),
    inPeople('11.5', 'the key is only emptied', [order, order.replace('keys.forget(id, at)', 'keys.replace(id, [])')]),
    inPeople('11.5', 'the row stays', [order, order.replace(/ {2}names\.set.*\n/, '')]),
    inPeople('11.5', 'the row is deleted', [order, order.replace(/names\.set.*\n/, 'names.delete(id);\n')]),
    inPeople('11.5', 'the sealed name stays in the row', [
      order,
      order.replace('{ id, forgotten', '{ ...(names.get(id) ?? { id }), forgotten'),
    ]),
    inPeople('11.5', 'the date is that of the computer', [
      order,
      order.replace('keys.forget(id, at)', 'keys.forget(id, new Date())'),
    ]),

    inRewriting('11.6', 'the write-ahead log stays', [alone, 'PRAGMA busy_timeout = 0; PRAGMA secure_delete = ON']),
    inRewriting('11.6', 'free pages stay', [vacuums, ''], [alone, alone.replace('; PRAGMA secure_delete = ON', '')]),
    inRewriting('11.6', 'only new free pages are overwritten', [vacuums, '']),
    inRewriting('11.6', 'the work is done in pieces', [inOne, '    change(database);\n']),
    inRewriting('11.6', 'errors are swallowed', [
      explains,
      '  } finally {\n    database.close();\n  }\n}\n\nfunction'.replace(
        '  }',
        '    if (isInUse(error)) throw new FileInUseError(file, error);\n  }',
      ),
    ]),
    inRewriting('11.6', 'each error says that the file is in use', [
      explains,
      explains.replace(
        'throw isInUse(error) ? new FileInUseError(file, error) : error;',
        'throw new FileInUseError(file, error);',
      ),
    ]),
    inRewriting('11.6', 'the error of SQLite is passed on', [
      explains,
      explains.replace('throw isInUse(error) ? new FileInUseError(file, error) : error;', 'throw error;'),
    ]),
    inRewriting('11.6', 'a copy is rewritten', [
      'const database = new Database(file);\n  try {\n    // This',
      "const database = new Database(':memory:');\n  try {\n    // This",
    ]),

    inOpening('11.7', 'names reach the stored events', [wraps, 'return hidden;']),
    inOpening('11.7', 'each program has people of its own', [
      wraps,
      "return withoutNames(hidden, openPeople('memory:'));",
    ]),
  ],
  right: [
    { kind: 'a table of fields, and a stream that is cut', files: { [personalFile]: '11-table.ts.txt' } },
    { kind: 'hexadecimal parts with dots, and a counter in the vector', files: { [cipherFile]: '11-hex.ts.txt' } },
    { kind: 'people found in a loop, read with a switch', files: { [peopleFile]: '11-loop.ts.txt' } },
    { kind: 'a class that forgets', files: { [peopleFile]: '11-class.ts.txt' } },
    { kind: 'a new file in place of the old one', files: { [rewriteFile]: '11-truncate.ts.txt' } },
    { kind: 'promises without async', files: { [openFile]: '11-then.ts.txt' } },
  ],
};
