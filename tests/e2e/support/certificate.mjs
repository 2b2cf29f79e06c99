// SPDX-License-Identifier: Apache-2.0
// Certificates for a test, made by openssl.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// A certificate in `folder` with a key on P-256: { certificate, key, pem, keyPem }, two paths and what is in them.
// `names` is its subjectAltName; it is self-signed unless `authority` is given, another of these.
export function makeCertificate(folder, { subject, names, authority, file = 'certificate' }) {
  const certificate = join(folder, `${file}.pem`);
  const key = join(folder, `${file}-key.pem`);
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
      .concat(['-subj', `/CN=${subject}`, ...(names ? ['-addext', `subjectAltName=${names}`] : [])])
      .concat(authority ? ['-CA', authority.certificate, '-CAkey', authority.key] : [])
      .concat(['-keyout', key, '-out', certificate]),
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  return { certificate, key, pem: readFileSync(certificate, 'utf8'), keyPem: readFileSync(key, 'utf8') };
}
