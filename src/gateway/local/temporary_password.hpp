// SPDX-License-Identifier: Apache-2.0
#pragma once
// The password of local.restore: made to be read from a log and typed, kept as a hash.

#include "base/encoding.hpp"
#include "base/secret.hpp"
#include "crypto/random.hpp"

#include <string_view>

namespace sekisho::gateway
{

// 140 random bits as seven groups of four letters and digits that nobody mistakes for one another.
secret make_temporary_password(crypto::random_source& random);

// Immutable; may be shared between threads.
class temporary_password
{
public:
    explicit temporary_password(const secret& text);

    // Whether that is what was typed, in either case, with or without hyphens and spaces. In constant time.
    bool is(std::string_view typed) const;

private:
    bytes hash_;
};

} // namespace sekisho::gateway
