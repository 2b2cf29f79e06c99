// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a verification_key holds. For this folder's .cpp files only.

#include "base/secret.hpp"
#include "crypto/handles.hpp"
#include "crypto/key.hpp"

namespace sekisho::crypto
{

struct verification_key::native
{
    evp_key key;         // empty for symmetric keys
    secret shared_bytes; // only for them
};

} // namespace sekisho::crypto
