// SPDX-License-Identifier: Apache-2.0
#pragma once
// Writing and rotating our private keys. Whatever is interrupted leaves whole files or none, and can be run
// again.

#include "base/result.hpp"
#include "base/time.hpp"
#include "crypto/decryption_key.hpp"
#include "crypto/signing_key.hpp"
#include "provider/key_rotation.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::app
{

// A file of mode 0600 with this text: all of it on the disk, or none. Error: value_malformed, the detail
// names the file; also when it exists already.
result<void> write_new_file(const std::string& name, std::string_view text);

struct written_key
{
    std::string file;
    crypto::signing_key key;
};

// A new key that signs at once. `where`: a file (*.pem: PKCS#8, otherwise a JWK), or a directory without
// keys, which is made when it ends in "/". Errors: value_malformed: a symmetric algorithm, a directory that
// has keys (that is for rotate_keys), and those of writing.
result<written_key> generate_key(const std::string& where, crypto::algorithm alg, time_point now);

struct written_decryption_key
{
    std::string file;
    crypto::decryption_key key;
};

// A new key that decrypts, for oidc.decryption_key. `where`: a file (*.pem: PKCS#8, otherwise a JWK), or a
// directory, which is made when it ends in "/"; in one that has such keys it is the newest. Errors:
// value_malformed: the directory has keys that sign, and those of writing.
result<written_decryption_key>
generate_decryption_key(const std::string& where, crypto::key_management alg, time_point now);

struct key_rotation
{
    std::optional<written_key> added; // none: the next key is there already
    time_point signs_from;            // the next key
    std::vector<std::string> removed; // files of keys that were done with
};

struct rotation_request
{
    std::string directory;
    std::optional<crypto::algorithm> alg; // nullopt: that of the key that signs now
    std::chrono::seconds publication = provider::publication_time;
};

// Adds a key to the directory that is published at once and signs after the publication time, and removes
// those that are done with. Does nothing when there is a next key already. Errors: value_malformed: no
// directory, no key in it, one that cannot be read, another rotation under way, and those of writing.
result<key_rotation> rotate_keys(const rotation_request& wanted, time_point now);

} // namespace sekisho::app
