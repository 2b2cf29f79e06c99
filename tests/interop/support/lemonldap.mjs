// SPDX-License-Identifier: Apache-2.0
// The portal of LemonLDAP::NG on loopback, with its demonstration accounts and itself as the issuer, configured as
// docs/providers/lemonldap.md says.
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from '../../../deploy/demo/gate.mjs';
import { startProcess } from './process.mjs';

const spki = { type: 'spki', format: 'pem' };
const pkcs8 = { type: 'pkcs8', format: 'pem' };

function storage(folder, name) {
  mkdirSync(join(folder, name, 'lock'), { recursive: true });
  return { Directory: join(folder, name), LockDirectory: join(folder, name, 'lock') };
}

// A cache in the folder: the configuration is not looked for in the one of the system.
const cache = (folder, namespace) => ({
  namespace,
  cache_root: join(folder, 'cache'),
  cache_depth: 3,
  default_expires_in: 600,
  directory_umask: '007',
});

const clientOf = ({ id, secret, address, algorithm = 'RS256', ...options }) => ({
  oidcRPMetaDataOptionsClientID: id,
  ...(secret ? { oidcRPMetaDataOptionsClientSecret: secret } : { oidcRPMetaDataOptionsPublic: 1 }),
  oidcRPMetaDataOptionsRedirectUris: `${address}/oidc/callback`,
  oidcRPMetaDataOptionsPostLogoutRedirectUris: `${address}/logout`,
  oidcRPMetaDataOptionsIDTokenSignAlg: algorithm,
  oidcRPMetaDataOptionsRequirePKCE: 1,
  oidcRPMetaDataOptionsBypassConsent: 1,
  ...options,
});

const claims = { preferred_username: 'uid', name: 'cn', email: 'mail', groups: 'groups;string;always' };

function configurationOf(folder, address, clients) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const byName = (value) => Object.fromEntries(clients.map((client) => [client.id, value(client)]));
  return {
    cfgNum: 1,
    cfgAuthor: 'interop',
    cfgDate: 1,
    portal: `${address}/`,
    domain: 'localhost',
    cookieName: 'lemonldap',
    securedCookie: 0,
    authentication: 'Demo',
    userDB: 'Same',
    passwordDB: 'Demo',
    captcha: '::Captcha::None',
    demoExportedVars: { cn: 'cn', mail: 'mail', uid: 'uid' },
    whatToTrace: '_whatToTrace',
    macros: { _whatToTrace: '$_user' },
    locationRules: { [new URL(address).hostname]: { default: 'accept' } },
    globalStorage: 'Apache::Session::File',
    globalStorageOptions: storage(folder, 'sessions'),
    persistentStorage: 'Apache::Session::File',
    persistentStorageOptions: storage(folder, 'persistent'),
    localSessionStorage: 'Cache::FileCache',
    localSessionStorageOptions: cache(folder, 'sessions'),
    issuerDBOpenIDConnectActivation: 1,
    issuerDBOpenIDConnectPath: '^/oauth2/',
    oidcServicePrivateKeySig: privateKey.export(pkcs8),
    oidcServicePublicKeySig: publicKey.export(spki),
    oidcServiceKeyIdSig: 'interop',
    oidcServiceAllowAuthorizationCodeFlow: 1,
    oidcServiceAllowImplicitFlow: 1,
    oidcServiceAllowHybridFlow: 1,
    oidcServiceIgnoreScopeForClaims: 1, // groups come without a scope of their own
    oidcRPMetaDataOptions: byName(clientOf),
    oidcRPMetaDataExportedVars: byName(() => claims),
  };
}

// Starts the portal with `clients` ({ id, secret, address of the gate, algorithm, further options }): { issuer, stop }.
export async function startLemonldap({ clients }) {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-lemonldap-'));
  const port = await freePort();
  const address = `http://localhost:${port}`;
  mkdirSync(join(folder, 'configuration'));
  writeFileSync(
    join(folder, 'configuration/lmConf-1.json'),
    JSON.stringify(configurationOf(folder, address, clients), null, 2),
  );
  writeFileSync(
    join(folder, 'lemonldap-ng.ini'),
    `[all]
logLevel = notice
[configuration]
type = File
dirName = ${folder}/configuration
localStorage = Cache::FileCache
localStorageOptions = {'namespace' => 'configuration', 'cache_root' => '${folder}/cache', 'cache_depth' => 3}
[portal]
staticPrefix = /static
templateDir = /usr/share/lemonldap-ng/portal/templates
languages = en
`,
  );
  writeFileSync(
    join(folder, 'portal.psgi'),
    `BEGIN { # the portal loads a captcha also when nothing asks for one, and its own needs half of ImageMagick
    package Lemonldap::NG::Portal::Captcha::None;
    use Mouse;
    extends 'Lemonldap::NG::Common::Module';
    sub init { 1 }
    $INC{'Lemonldap/NG/Portal/Captcha/None.pm'} = 1;
}
use Lemonldap::NG::Portal::Main;
Lemonldap::NG::Portal::Main->run({ configStorage => { confFile => '${folder}/lemonldap-ng.ini' } });
`,
  );
  const started = await startProcess('plackup', ['--host=127.0.0.1', `--port=${port}`, '--env=deployment', 'portal.psgi'], {
    cwd: folder,
    url: `${address}/.well-known/openid-configuration`,
    env: { LLNG_DEFAULTCONFFILE: join(folder, 'lemonldap-ng.ini') },
    tidy: () => rmSync(folder, { recursive: true }),
  });
  return { issuer: `${address}/`, stop: started.stop };
}
