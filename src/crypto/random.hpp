// SPDX-License-Identifier: Apache-2.0
#pragma once
// Unpredictable bytes. An interface, so that tests can fix them.

#include "base/encoding.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace sekisho::crypto
{

class random_source
{
public:
    virtual ~random_source() = default;
    virtual void fill(std::span<std::byte> out) = 0;

    // `bits` of randomness (a multiple of 8) as base64url.
    std::string token(std::size_t bits = 256);
};

// OpenSSL's generator. Thread-safe; ends the program when the system has no randomness.
random_source& system_random();

} // namespace sekisho::crypto
