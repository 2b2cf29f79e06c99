// SPDX-License-Identifier: Apache-2.0
#pragma once
// Text values that cannot be mistaken for one another: text<struct issuer_tag> is not text<struct
// subject_tag>.

#include <compare>
#include <string>
#include <string_view>
#include <utility>

namespace sekisho
{

template <class Tag>
class text
{
public:
    text() = default; // empty
    explicit text(std::string value) noexcept : value_(std::move(value)) {}

    std::string_view view() const noexcept { return value_; }
    const std::string& str() const noexcept { return value_; }
    bool empty() const noexcept { return value_.empty(); }
    friend auto operator<=>(const text&, const text&) = default;

private:
    std::string value_;
};

} // namespace sekisho
