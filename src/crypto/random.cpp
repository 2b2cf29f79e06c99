// SPDX-License-Identifier: Apache-2.0
#include "crypto/random.hpp"

#include <openssl/rand.h>

#include <cstdio>
#include <cstdlib>

namespace sekisho::crypto
{
namespace
{

class openssl_random final : public random_source
{
public:
    void fill(std::span<std::byte> out) override
    {
        if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(out.size())) == 1)
            return;
        // A guessable token is worse than no service.
        std::fputs("sekisho: the system gives no randomness; stopping\n", stderr);
        std::abort();
    }
};

} // namespace

std::string random_source::token(std::size_t bits)
{
    bytes made(bits / 8);
    fill(made);
    return base64url_encode(made);
}

random_source& system_random()
{
    static openssl_random source;
    return source;
}

} // namespace sekisho::crypto
