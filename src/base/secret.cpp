// SPDX-License-Identifier: Apache-2.0
#include "base/secret.hpp"

#include <openssl/crypto.h>

#include <utility>

namespace sekisho
{
namespace
{

// The whole buffer, for a short text leaves its bytes behind when it is moved away or cut.
void wipe_text(std::string& text) noexcept
{
    text.resize(text.capacity()); // never allocates
    wipe(text.data(), text.size());
    text.clear();
}

} // namespace

void wipe(void* memory, std::size_t size) noexcept { OPENSSL_cleanse(memory, size); }

secret::secret(std::string value) noexcept : value_(std::move(value)) { wipe_text(value); }

secret::secret(secret&& other) noexcept : value_(std::move(other.value_)) { wipe_text(other.value_); }

secret& secret::operator=(const secret& other)
{
    if (this != &other)
    {
        wipe_text(value_);
        value_ = other.value_;
    }
    return *this;
}

secret& secret::operator=(secret&& other) noexcept
{
    if (this != &other)
    {
        wipe_text(value_);
        value_ = std::move(other.value_);
        wipe_text(other.value_);
    }
    return *this;
}

secret::~secret() { wipe_text(value_); }

} // namespace sekisho
