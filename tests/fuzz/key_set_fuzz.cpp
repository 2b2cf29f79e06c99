// link: oidc
// SPDX-License-Identifier: Apache-2.0
// A JWK set from anywhere: what is read has a key, and no key is a shared secret.
#include "oidc/key_set.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace sekisho;
using namespace sekisho::oidc;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto set = key_set::parse(std::string(data, data + size));
    if (!set)
        return 0;
    if (set->keys().empty() || !set->choose(std::nullopt, crypto::algorithm::hs256).empty())
        std::abort();
    for (const auto& key : set->keys())
        if (key.kind() == crypto::key_kind::symmetric)
            std::abort();
    return 0;
}
