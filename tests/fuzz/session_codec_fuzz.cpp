// link: session
// SPDX-License-Identifier: Apache-2.0
// Whatever decodes is bounded and encodes to the same bytes.
#include "base/encoding.hpp"
#include "session/codec.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace sekisho;
    const auto text = as_text(std::as_bytes(std::span(data, size)));
    if (const auto value = session::decode_session(text); value && session::encode(*value) != text)
        std::abort();
    if (const auto value = session::decode_sign_in(text); value && session::encode(*value) != text)
        std::abort();
    return 0;
}
