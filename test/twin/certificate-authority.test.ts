import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CertificateAuthority } from '../../lib/twin/certificate-authority.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'certificate-authority-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const identity = 'spiffe://shop.local.mesh.internal/svc/orders';
const read = (file: string) => new X509Certificate(readFileSync(file));

test('a certificate says one SPIFFE identity, critically, and no other name', async () => {
  const { certificate } = await (await CertificateAuthority.create(folder)).issueIdentity(identity);
  const found = read(certificate);
  expect(found.subjectAltName).toBe(`URI:${identity}`);
  expect(found.subject ?? '').toBe('');
  expect(found.ca).toBe(false);
  // The extension's identifier (2.5.29.17), then TRUE for critical.
  expect(found.raw.includes(Buffer.from('0603551d110101ff', 'hex'))).toBe(true);
});

test('a certificate is for both ends of mutual TLS', async () => {
  const { certificate } = await (await CertificateAuthority.create(folder)).issueIdentity(identity);
  expect([...read(certificate).keyUsage].sort()).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
});

test('a certificate lives 24 hours and holds a P-256 key of its own', async () => {
  const authority = await CertificateAuthority.create(folder);
  const [one, other] = [await authority.issueIdentity(identity), await authority.issueIdentity(identity)];
  const found = read(one.certificate);
  expect(Math.round((Date.parse(found.validTo) - Date.now()) / 3_600_000)).toBe(24);
  expect(found.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  expect(found.checkPrivateKey(createPrivateKey(readFileSync(one.privateKey)))).toBe(true);
  expect(found.checkPrivateKey(createPrivateKey(readFileSync(other.privateKey)))).toBe(false);
  expect(read(other.certificate).serialNumber).not.toBe(found.serialNumber);
});

test('its own root vouches for a certificate, that of another authority does not', async () => {
  const [own, rogue] = [await CertificateAuthority.create(folder), await CertificateAuthority.create(folder, 'rogue')];
  const found = read((await own.issueIdentity(identity)).certificate);
  expect(found.verify(read(own.roots).publicKey)).toBe(true);
  expect(found.verify(read(rogue.roots).publicKey)).toBe(false);
});

test('a host outside the mesh gets its name', async () => {
  const { certificate } = await (await CertificateAuthority.create(folder)).issueHost('api.stripe.com');
  expect(read(certificate).checkHost('api.stripe.com')).toBe('api.stripe.com');
});

test("every file is its user's alone, and the authority's key is in none", async () => {
  await (await CertificateAuthority.create(folder)).issueIdentity(identity);
  expect(readdirSync(folder).sort()).toEqual(['ca-1-orders.key', 'ca-1-orders.pem', 'ca.pem']);
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
});
