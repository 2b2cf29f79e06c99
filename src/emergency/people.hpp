// SPDX-License-Identifier: Apache-2.0
#pragma once
// The people who may come in beside the provider, and what they show for it: the file of emergency.file as a
// value.

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "crypto/random.hpp"
#include "emergency/ceremony.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::emergency
{

inline constexpr std::chrono::hours invitation_lifetime{24};

// To register one passkey.
struct invitation
{
    std::string hash; // base64url of its SHA-256: the file gives nobody the link
    time_point ends;
};

struct kept_passkey
{
    passkey key;
    time_point registered;
};

struct kept_password
{
    std::string hash;           // argon2id
    secret totp;                // base 32
    std::int64_t last_step = 0; // of the last code that was used
};

struct person
{
    std::string name;
    bytes
        handle; // 256 random bits, the user handle of WebAuthn (Level 2, 14.6.1: says nothing of the person)
    std::optional<invitation> invited;
    std::vector<kept_passkey> passkeys;
    std::optional<kept_password> password;
};

class people
{
public:
    const std::vector<person>& all() const noexcept { return all_; }
    person* find(std::string_view name);
    const person* find(std::string_view name) const;
    // Who has the passkey of this id, or the link of this invitation, that is still good. nullptr: nobody.
    person* with_passkey(byte_view id);
    person* with_invitation(std::string_view token, time_point now);
    bool has_password() const noexcept; // anybody

    // An invitation for somebody, who is added unless they are there; the one of before is over. The token of
    // the link, 256 bits. Error: value_malformed for a name that cannot be one.
    result<secret> invite(std::string_view name, time_point now, crypto::random_source& random);
    // The person of that name, added unless there is one. Error: value_malformed.
    result<person*> ensure(std::string_view name, crypto::random_source& random);
    // false: there was nobody of that name.
    bool remove(std::string_view name);

    // As JSON for the file, indented for people.
    std::string to_json() const;
    // Strict. Error: value_malformed, the detail says where.
    static result<people> from_json(std::string_view text);

private:
    std::vector<person> all_;
};

// 1 to 64 letters, digits, ".", "_", "@" and "-", a letter or digit in front.
bool is_person_name(std::string_view name) noexcept;

// Adds a passkey and ends the invitation. Error: emergency_refused when somebody has that passkey already
// (WebAuthn Level 2, 7.1, step 22), or the person has ten.
result<void> add_passkey(people& to, person& of, passkey key, time_point now);

} // namespace sekisho::emergency
