// SPDX-License-Identifier: Apache-2.0
#pragma once
// SHAKE256 (FIPS 202), the hash of Ed448.

#include "base/encoding.hpp"

#include <cstddef>

namespace sekisho::crypto
{

// `size` bytes, not 0.
bytes shake256(byte_view data, std::size_t size);

} // namespace sekisho::crypto
