// link: http
// SPDX-License-Identifier: Apache-2.0
// A chunked body says the same whether its bytes arrive at once or one by one.
#include "http/chunked.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

namespace
{

using namespace sekisho;

struct outcome
{
    std::string body;
    std::size_t used = 0;
    std::size_t trailers = 0;
    bool is_done = false;
    bool is_refused = false;
};

outcome read(std::span<const char> all, std::size_t step)
{
    outcome made;
    http::chunked_reader reader;
    std::vector<http::field> trailers;
    for (std::size_t arrived = std::min(step, all.size());;)
    {
        const auto piece = reader.read(all.subspan(made.used, arrived - made.used), trailers, 8);
        if (!piece)
        {
            made.is_refused = true;
            break;
        }
        if (piece->used > arrived - made.used)
            std::abort();
        made.used += piece->used;
        made.body.append(piece->data.begin(), piece->data.end());
        if (reader.is_done() || (piece->data.empty() && arrived == all.size()))
            break;
        if (piece->data.empty())
            arrived = std::min(arrived + step, all.size());
    }
    made.is_done = reader.is_done();
    made.trailers = trailers.size();
    return made;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::span<const char> all(reinterpret_cast<const char*>(data), size);
    const auto at_once = read(all, size + 1);
    const auto slowly = read(all, 1);
    if (at_once.is_done != slowly.is_done || at_once.is_refused != slowly.is_refused)
        std::abort();
    if (!at_once.is_refused && (at_once.body != slowly.body || at_once.used != slowly.used))
        std::abort();
    if (at_once.is_done && at_once.trailers != slowly.trailers)
        std::abort();
    return 0;
}
