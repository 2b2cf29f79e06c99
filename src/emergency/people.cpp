// SPDX-License-Identifier: Apache-2.0
#include "emergency/people.hpp"

#include "crypto/hash.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sekisho::emergency
{
namespace
{

constexpr std::size_t most_people = 1000;
constexpr std::size_t most_passkeys = 10;

bool is_letter_or_digit(char each) noexcept
{
    return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9');
}

std::string hash_of(std::string_view token)
{
    return base64url_encode(crypto::hash(crypto::digest::sha256, as_bytes(token)));
}

} // namespace

bool is_person_name(std::string_view name) noexcept
{
    return !name.empty() && name.size() <= 64 && is_letter_or_digit(name.front()) &&
           std::ranges::all_of(
               name,
               [](char each)
               {
                   return is_letter_or_digit(each) ||
                          std::string_view("._@-").find(each) != std::string_view::npos;
               }
           );
}

const person* people::find(std::string_view name) const
{
    const auto found = std::ranges::find(all_, name, &person::name);
    return found == all_.end() ? nullptr : &*found;
}

person* people::find(std::string_view name) { return const_cast<person*>(std::as_const(*this).find(name)); }

person* people::with_passkey(byte_view id)
{
    for (auto& each : all_)
        for (const auto& kept : each.passkeys)
            if (std::ranges::equal(kept.key.id, id))
                return &each;
    return nullptr;
}

person* people::with_invitation(std::string_view token, time_point now)
{
    const auto hash = hash_of(token);
    for (auto& each : all_)
        if (each.invited && now < each.invited->ends &&
            crypto::equal_in_constant_time(as_bytes(each.invited->hash), as_bytes(hash)))
            return &each;
    return nullptr;
}

bool people::has_password() const noexcept
{
    return std::ranges::any_of(all_, [](const person& each) { return each.password.has_value(); });
}

result<person*> people::ensure(std::string_view name, crypto::random_source& random)
{
    if (!is_person_name(name))
        return fail(
            errc::value_malformed,
            "emergency.name",
            "a name has 1 to 64 letters, digits, \".\", \"_\", \"@\" and \"-\", and begins with a letter or "
            "digit"
        );
    if (auto* const known = find(name))
        return known;
    if (all_.size() >= most_people)
        return fail(errc::value_malformed, "emergency.name", "there are 1,000 people already");
    std::array<std::byte, 32> handle{};
    random.fill(handle);
    person made;
    made.name = name;
    made.handle.assign(handle.begin(), handle.end());
    return &all_.emplace_back(std::move(made));
}

result<secret> people::invite(std::string_view name, time_point now, crypto::random_source& random)
{
    auto who = ensure(name, random);
    if (!who)
        return std::unexpected(who.error());
    secret token(random.token());
    (*who)->invited = invitation{hash_of(token.reveal()), now + invitation_lifetime};
    return token;
}

bool people::remove(std::string_view name)
{
    return std::erase_if(all_, [&](const person& each) { return each.name == name; }) != 0;
}

result<void> add_passkey(people& to, person& of, passkey key, time_point now)
{
    if (to.with_passkey(key.id) != nullptr)
        return fail(errc::emergency_refused, "registration.step_22", "this passkey is registered already");
    if (of.passkeys.size() >= most_passkeys)
        return fail(errc::emergency_refused, "registration", of.name + " has ten passkeys already");
    of.passkeys.push_back({std::move(key), now});
    of.invited.reset();
    return {};
}

} // namespace sekisho::emergency
