// SPDX-License-Identifier: Apache-2.0
#pragma once
// Memory that must not be seen: wiped when it dies, never printed, read only where the code says `reveal()`.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace sekisho
{

// Overwrites memory in a way the compiler may not drop.
void wipe(void* memory, std::size_t size) noexcept;

// A secret text. Has no operator<< and no implicit view, so that logging one does not compile.
class secret
{
public:
    secret() = default; // empty: not set
    explicit secret(std::string value) noexcept;
    secret(const secret&) = default;
    secret(secret&& other) noexcept;
    secret& operator=(const secret& other);
    secret& operator=(secret&& other) noexcept;
    ~secret();

    bool empty() const noexcept { return value_.empty(); }
    std::size_t size() const noexcept { return value_.size(); }
    // The value itself; valid while this object lives unchanged.
    std::string_view reveal() const noexcept { return value_; }

private:
    std::string value_;
};

} // namespace sekisho
