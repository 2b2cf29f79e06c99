// SPDX-License-Identifier: Apache-2.0
#pragma once
// Our private keys that decrypt what a provider encrypted for us, alive: files that have changed are read
// again at their next use, so that another key needs no restart.

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/decryption_key.hpp"
#include "provider/reread.hpp"

#include <string>
#include <utility>
#include <vector>

namespace sekisho::provider
{

class decryption_keys
{
public:
    // A file, or a directory with a key in each (provider/key_files); empty: there are none. Reads nothing
    // yet.
    explicit decryption_keys(std::string where) : where_(std::move(where)) {}

    // The rest may be called from any thread. Files are looked at when they are asked for, at most once a
    // second; what cannot be read then is logged once, and the keys of before stay in use.

    // All that decrypt, oldest first: an old one as long as its file is there. Empty: none are set. Error:
    // value_malformed at "oidc.decryption_key": there never was a usable one.
    result<std::vector<crypto::decryption_key>> all(time_point now);
    // Those that providers are to encrypt to from now on: of each kind and algorithm the newest
    // (Core 10.2.1). A JWK is as old as its `nbf` says, everything else as its file's name.
    std::vector<crypto::decryption_key> published(time_point now);

private:
    using keys = std::vector<crypto::decryption_key>;
    result<keys> read() const;

    const std::string where_;
    reread<keys> files_;
};

} // namespace sekisho::provider
