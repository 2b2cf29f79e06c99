// link: crypto
// SPDX-License-Identifier: Apache-2.0
// A sealed text from anywhere: nothing opens but what was sealed, and that only as it was written.
#include "crypto/seal.hpp"
#include "support/fixed_random.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace sekisho;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const crypto::key_ring keys({secret("a secret nobody else has"), secret("an older one")}, "fuzz");
    const std::string text(data, data + size);
    // The corpus holds what these keys sealed: "the corpus" with counted nonces.
    if (const auto opened = keys.open(text, "input"); opened && *opened != "the corpus")
        std::abort();
    test::fixed_random random(static_cast<unsigned char>(size));
    const auto sealed = keys.seal(text, "round trip", random);
    if (sealed.size() != crypto::key_ring::sealed_size(size) || keys.open(sealed, "round trip") != text)
        std::abort();
    if (keys.open(sealed, text + "?"))
        std::abort();
    return 0;
}
