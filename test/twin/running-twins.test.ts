import fs, {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { announce, type RunningTwin, runningTwins, runtimeFolder } from '../../lib/twin/running-twins.js';

let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'running-twins-'));
  folder = join(parent, 'cdk-edge-mesh');
});
afterEach(() => rmSync(parent, { recursive: true }));

const twin = (architecture: string, key: string, environment = 'local', pid = process.pid): RunningTwin => {
  return { architecture, environment, pid, key: { id: key, privateKey: {}, publicKey: {} } };
};

test('an announced twin is found by its architecture and environment, until it is taken back with the folder', () => {
  const { takeBack } = announce(twin('shop', 'a'), folder);
  expect(runningTwins('shop', 'local', folder)).toEqual([twin('shop', 'a')]);
  expect(runningTwins('shop', 'prod', folder)).toEqual([]);
  expect(runningTwins('sho', 'local', folder)).toEqual([]);
  takeBack();
  expect(readdirSync(parent)).toEqual([]);
  expect(runningTwins('shop', 'local', folder)).toEqual([]);
});

test("one twin's end leaves the others announced", () => {
  const { takeBack } = announce(twin('shop', 'a'), folder);
  announce(twin('bookinfo', 'b'), folder);
  takeBack();
  expect(runningTwins('bookinfo', 'local', folder)).toHaveLength(1);
});

test('two of the same architecture that start at once, each with a key of its own, go on with the key of the first', () => {
  const one = announce(twin('shop', 'a'), folder);
  const other = announce(twin('shop', 'b'), folder);
  const elsewhere = announce(twin('bookinfo', 'c'), folder);
  expect([other.agree(), one.agree(), elsewhere.agree()].map(({ id }) => id)).toEqual(['a', 'a', 'c']);
  expect(runningTwins('shop', 'local', folder).map(({ key }) => key.id)).toEqual(['a', 'a']);
});

test('so they do where the first is the last that is there to be read', () => {
  const first = announce(twin('shop', 'a'), folder);
  const { file } = first;
  renameSync(file, `${file}.away`);
  const other = announce(twin('shop', 'b'), folder);
  renameSync(`${file}.away`, file);
  expect([other.agree(), first.agree()].map(({ id }) => id)).toEqual(['a', 'a']);
});

describe('the last twin of this user ends, and takes the folder with it,', () => {
  const { chmodSync: change, lstatSync: look } = fs;
  afterEach(() => jest.restoreAllMocks());

  test('while another announces itself: it makes it again', () => {
    jest.spyOn(fs, 'chmodSync').mockImplementationOnce((path, mode) => {
      change(path, mode);
      rmdirSync(folder);
    });
    expect(announce(twin('shop', 'a'), folder).agree().id).toBe('a');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(runningTwins('shop', 'local', folder)).toHaveLength(1);
  });

  test('while somebody looks for twins: there is none', () => {
    mkdirSync(folder);
    jest.spyOn(fs, 'lstatSync').mockImplementationOnce((path) => {
      const found = look(path);
      rmdirSync(folder);
      return found;
    });
    expect(runningTwins('shop', 'local', folder)).toEqual([]);
  });
});

test('what a dead process announced is removed', () => {
  // Above Linux's highest process id, 4194304.
  announce(twin('shop', 'a', 'local', 4_999_999), folder);
  expect(runningTwins('shop', 'local', folder)).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

test('only its user can read the key', () => {
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  announce(twin('shop', 'a'), folder);
  const [file = ''] = readdirSync(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
});

test.each([
  ['a link to a folder', () => symlinkSync(parent, folder)],
  ['a file', () => writeFileSync(folder, '')],
])('%s in its place is refused, for writing and for reading', (_, make) => {
  make();
  const refused = `${folder} is not a folder of this user, and it would hold the keys that sign test tokens; remove it, or set XDG_RUNTIME_DIR`;
  expect(() => runningTwins('shop', 'local', folder)).toThrow(refused);
  expect(() => announce(twin('shop', 'a'), folder)).toThrow(/not a folder of this user|EEXIST/);
});

test('the folder is in XDG_RUNTIME_DIR, else in the temporary folder with the user in its name', () => {
  expect(runtimeFolder({ XDG_RUNTIME_DIR: parent })).toBe(folder);
  expect(runtimeFolder({})).toBe(join(tmpdir(), `cdk-edge-mesh-${process.getuid?.()}`));
});

test.each(['', 'relative', '/nonexistent/run/user/7', '/etc/passwd', '/etc/passwd/under'])(
  'XDG_RUNTIME_DIR=%s is no folder: nothing is made there',
  (runtime) => {
    expect(runtimeFolder({ XDG_RUNTIME_DIR: runtime })).toBe(runtimeFolder({}));
  },
);
