// SPDX-License-Identifier: Apache-2.0
#pragma once
// Our private keys as they lie on the disk: one file, or a directory with one key per file. What state a key
// is in follows from the files alone.

#include "base/result.hpp"
#include "crypto/decryption_key.hpp"
#include "crypto/signing_key.hpp"
#include "provider/key_rotation.hpp"

#include <string>
#include <vector>

namespace sekisho::provider
{

// Key is crypto::signing_key or crypto::decryption_key.
template <class Key>
struct key_file
{
    std::string name; // with its path
    Key key;
    signing_start from; // a JWK's `nbf`: when it begins to sign, or to be encrypted to
};

template <class Key>
struct key_files
{
    std::vector<key_file<Key>> keys;   // by name
    std::vector<std::string> unusable; // "keys/a.pem: the key is encrypted …"
};

// The files that keys are read from: `where` itself, or those in this directory that are called *.jwk,
// *.json, *.pem or *.key and do not begin with ".", by name.
std::vector<std::string> key_file_names(const std::string& where);

// The text of a file, at most 64 KiB. Error: value_malformed, the detail is the system's reason.
result<std::string> read_small_file(const std::string& name);

// A private key in PEM, or a private JWK. Error: value_malformed, the detail does not name the file.
template <class Key>
result<key_file<Key>> read_key_file(const std::string& name);

// All of key_file_names(). Error: value_malformed when there is no usable key at all; the detail names the
// files.
template <class Key>
result<key_files<Key>> read_key_files(const std::string& where);

extern template result<key_file<crypto::signing_key>> read_key_file(const std::string&);
extern template result<key_file<crypto::decryption_key>> read_key_file(const std::string&);
extern template result<key_files<crypto::signing_key>> read_key_files(const std::string&);
extern template result<key_files<crypto::decryption_key>> read_key_files(const std::string&);

using signing_key_file = key_file<crypto::signing_key>;
using signing_key_files = key_files<crypto::signing_key>;
using decryption_key_file = key_file<crypto::decryption_key>;

// What changes when one of these files does: sizes, times and inodes. Reads no file.
std::string state_of_files(const std::string& where);

} // namespace sekisho::provider
