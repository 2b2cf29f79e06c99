// SPDX-License-Identifier: Apache-2.0
#pragma once
// Our private keys, alive: files that have changed are read again at their next use, so that a rotation needs
// no restart.

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/certificate.hpp"
#include "crypto/signing_key.hpp"
#include "provider/client_proofs.hpp"
#include "provider/key_files.hpp"
#include "provider/reread.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::provider
{

class signing_keys
{
public:
    // Reads nothing yet.
    explicit signing_keys(const client_proofs& from);
    // Keys for something else than proving who we are; `setting` is a literal, for errors. `allowed`: as
    // client_proofs::allowed.
    signing_keys(std::string where, std::string_view setting, std::vector<crypto::algorithm> allowed = {});

    // The rest may be called from any thread. Files are looked at when they are asked for, at most once a
    // second; what cannot be read then is logged once, and the keys of before stay in use.

    struct signer
    {
        crypto::signing_key key;
        std::optional<crypto::certificate_thumbprints> certificate; // with client_proofs::signing_certificate
    };
    // The key that signs at this time. Error: value_malformed at "oidc.signing_key" (or the setting) or
    // "oidc.signing_certificate": there never was a usable one, or no certificate of this key.
    result<signer> at(time_point now);
    // Those whose public halves are to be known at this time: the one that signs, and its next and last ones.
    // Empty: none.
    std::vector<crypto::signing_key> published(time_point now);

private:
    struct snapshot
    {
        std::vector<signing_key_file> keys;
        std::string certificates; // PEM
    };
    using snapshot_ptr = std::shared_ptr<const snapshot>;

    result<snapshot_ptr> current(time_point now);
    result<snapshot_ptr> read() const;
    std::string state() const;

    const std::string where_;
    const std::string_view setting_;
    const std::optional<crypto::algorithm> algorithm_;
    const std::vector<crypto::algorithm> allowed_; // empty: all
    const std::string certificate_file_;
    reread<snapshot_ptr> files_;
};

} // namespace sekisho::provider
