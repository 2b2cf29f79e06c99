// SPDX-License-Identifier: Apache-2.0
#pragma once
// The one script of our pages: asks the browser for a passkey and sends what it says with the form. Its hash
// stands in the security policy; the test computes it anew and prints the right one when the two differ.

#include <string_view>

namespace sekisho::pages
{

inline constexpr std::string_view passkey_script = R"(
(() => {
  const form = document.getElementById('passkey');
  const { challenge, rp, name, handle, known } = form.dataset;
  const button = form.querySelector('button');
  const say = (what) => document.querySelectorAll('[data-says]').forEach((one) => (one.hidden = one.dataset.says !== what));
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (one) => one.charCodeAt(0));
  const text = (data) => btoa(String.fromCharCode(...new Uint8Array(data))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
  const keys = known.split(',').filter(Boolean).map((id) => ({ type: 'public-key', id: bytes(id) }));
  const set = (field, data) => (form.elements.namedItem(field).value = data ? text(data) : '');
  if (!window.PublicKeyCredential) return say('no_passkeys');
  button.disabled = false;

  const register = async () => {
    const publicKey = {
      challenge: bytes(challenge),
      rp: { id: rp, name: rp },
      user: { id: bytes(handle), name, displayName: name },
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
      attestation: 'none',
      excludeCredentials: keys,
      extensions: { credProps: true },
    };
    const made = await navigator.credentials.create({ publicKey });
    set('client_data', made.response.clientDataJSON);
    set('attestation', made.response.attestationObject);
    form.elements.namedItem('discoverable').value = made.getClientExtensionResults().credProps?.rk ? 'yes' : '';
  };

  const use = async () => {
    const publicKey = { challenge: bytes(challenge), rpId: rp, allowCredentials: keys, userVerification: 'required' };
    const { rawId, response } = await navigator.credentials.get({ publicKey });
    set('credential', rawId);
    set('client_data', response.clientDataJSON);
    set('authenticator_data', response.authenticatorData);
    set('signature', response.signature);
    set('user_handle', response.userHandle);
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    say('');
    button.disabled = true;
    try {
      await (handle ? register() : use());
      HTMLFormElement.prototype.submit.call(form);
    } catch (failure) {
      button.disabled = false;
      say(failure.name === 'InvalidStateError' ? 'known_device' : 'cancelled');
    }
  });
})();
)";

inline constexpr std::string_view passkey_script_hash = "sha256-fAUpZviI7IOPA9AWSUmQe0Euhl8pOMnBNiIfL8xaerc=";

} // namespace sekisho::pages
