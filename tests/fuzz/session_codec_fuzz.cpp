// link: session
// SPDX-License-Identifier: Apache-2.0
// Whatever decodes is bounded and encodes to the same bytes; no text is a value of two kinds.
#include "base/encoding.hpp"
#include "session/codec.hpp"
#include "session/ending.hpp"
#include "session/summary.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace
{

// 1 if it decoded.
template <class Value>
int check(const sekisho::result<Value>& value, std::string_view text)
{
    if (value && encode(*value) != text)
        std::abort();
    return value ? 1 : 0;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace sekisho;
    const auto text = as_text(std::as_bytes(std::span(data, size)));
    const int kinds = check(session::decode_session(text), text) +
                      check(session::decode_sign_in(text), text) + check(session::decode_ending(text), text) +
                      check(session::decode_summary(text), text);
    if (kinds > 1)
        std::abort();
    return 0;
}
