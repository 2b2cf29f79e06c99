// SPDX-License-Identifier: Apache-2.0
#include "identity/pattern.hpp"

#include <cstdint>
#include <re2/re2.h>
#include <utility>

namespace sekisho::identity
{
namespace
{

constexpr std::string_view step = "identity.pattern";
constexpr std::int64_t max_memory = std::int64_t{1} << 20; // bytes of one compiled expression

re2::RE2::Options options()
{
    re2::RE2::Options made;
    made.set_log_errors(false);
    made.set_max_mem(max_memory);
    return made;
}

} // namespace

result<pattern> pattern::compile(std::string_view expression)
{
    auto made = std::make_shared<const re2::RE2>(std::string(expression), options());
    if (!made->ok())
        return fail(errc::value_malformed, step, made->error());
    return pattern(std::move(made));
}

bool pattern::is_found_in(std::string_view text) const { return re2::RE2::PartialMatch(text, *expression_); }

result<void> pattern::check_replacement(const std::string& replacement) const
{
    std::string fault;
    if (!expression_->CheckRewriteString(replacement, &fault))
        return fail(errc::value_malformed, step, std::move(fault));
    return {};
}

std::string pattern::replaced(std::string_view text, const std::string& replacement) const
{
    std::string out(text);
    re2::RE2::GlobalReplace(&out, *expression_, replacement);
    return out;
}

} // namespace sekisho::identity
