// SPDX-License-Identifier: Apache-2.0
#pragma once
// Groups that were looked up a moment ago, so that signing in again (another tab, another replica's session)
// costs no call. Pure but for its memory; `now` is an argument.

#include "oidc/names.hpp"
#include "provider/refresh_schedule.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sekisho::directory
{

// One person: a subject is unique within its issuer only.
struct person
{
    oidc::issuer issuer;
    oidc::subject subject;
    friend auto operator<=>(const person&, const person&) = default;
};

class answer_cache
{
public:
    explicit answer_cache(std::chrono::milliseconds life, std::size_t capacity = 1000)
        : life_(life), capacity_(capacity)
    {
    }

    // nullopt: never asked, or too long ago.
    std::optional<std::vector<std::string>> find(const person& who, provider::steady_time now) const;
    // Makes room by dropping what is too old, then what was put in first.
    void put(const person& who, std::vector<std::string> groups, provider::steady_time now);

    std::size_t size() const noexcept { return answers_.size(); }

private:
    struct answer
    {
        std::vector<std::string> groups;
        provider::steady_time made;
    };
    void make_room(provider::steady_time now);

    std::chrono::milliseconds life_; // 0: nothing is found
    std::size_t capacity_;
    std::map<person, answer> answers_;
};

} // namespace sekisho::directory
