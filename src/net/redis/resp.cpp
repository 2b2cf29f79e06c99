// SPDX-License-Identifier: Apache-2.0
#include "net/redis/resp.hpp"

#include <hiredis/hiredis.h>
#include <new>
#include <utility>

namespace sekisho::net
{

// What one reply may still take. `is_used_up` tells a refusal of ours from one of the grammar.
struct resp_reader::allowance
{
    resp_limits limits;
    std::size_t bytes = 0;
    std::size_t elements = 0;
    bool is_used_up = false;

    void renew()
    {
        bytes = limits.bytes;
        elements = limits.elements;
    }
    bool spend(std::size_t& from, std::size_t amount)
    {
        is_used_up |= amount > from;
        if (!is_used_up)
            from -= amount;
        return !is_used_up;
    }
    bool spend_bytes(std::size_t amount) { return spend(bytes, amount); }
    bool spend_elements(std::size_t amount) { return spend(elements, amount); }
};

namespace
{

// hiredis builds a reply through these. Where it puts the next value: the root is ours to make, the others
// have their places in their list already.
redis_reply* place_of(const redisReadTask* task)
{
    if (task->parent == nullptr)
        return new (std::nothrow) redis_reply();
    auto* list = static_cast<redis_reply*>(task->parent->obj);
    return &list->list.at(static_cast<std::size_t>(task->idx));
}

template <class Allowance>
struct building
{
    static Allowance& left(const redisReadTask* task) { return *static_cast<Allowance*>(task->privdata); }

    static void* text(const redisReadTask* task, char* begin, size_t size)
    {
        if (!left(task).spend_bytes(size))
            return nullptr;
        auto* made = place_of(task);
        if (made == nullptr)
            return nullptr;
        made->what = task->type == REDIS_REPLY_ERROR ? redis_reply::kind::error : redis_reply::kind::text;
        made->text.assign(begin, size);
        return made;
    }
    // The count's type is int in hiredis 0.14 and size_t since 1.0.
    template <class Count>
    static void* list(const redisReadTask* task, Count count)
    {
        const auto size = static_cast<std::size_t>(count);
        if (task->type != REDIS_REPLY_ARRAY || !left(task).spend_elements(size))
            return nullptr;
        auto* made = place_of(task);
        if (made == nullptr)
            return nullptr;
        made->what = redis_reply::kind::list;
        made->list.resize(size);
        return made;
    }
    static void* number(const redisReadTask* task, long long value)
    {
        auto* made = place_of(task);
        if (made == nullptr)
            return nullptr;
        made->what = redis_reply::kind::number;
        made->number = value;
        return made;
    }
    static void* nil(const redisReadTask* task) { return place_of(task); }
    static void destroy(void* root) { delete static_cast<redis_reply*>(root); }
};

// What RESP3 has beyond this we never ask for: it is refused where hiredis would know it.
template <class Functions>
void refuse_newer_kinds(Functions& functions)
{
    if constexpr (requires { functions.createDouble; })
    {
        functions.createDouble = [](const redisReadTask*, double, char*, size_t) -> void* { return nullptr; };
        functions.createBool = [](const redisReadTask*, int) -> void* { return nullptr; };
    }
}

template <class Allowance>
redisReplyObjectFunctions* functions()
{
    static auto all = []
    {
        using make = building<Allowance>;
        redisReplyObjectFunctions made{};
        made.createString = make::text;
        made.createArray = make::list;
        made.createInteger = make::number;
        made.createNil = make::nil;
        made.freeObject = make::destroy;
        refuse_newer_kinds(made);
        return made;
    }();
    return &all;
}

} // namespace

bool redis_reply::is_error(std::string_view code) const noexcept
{
    return is_error() && text.starts_with(code) && (text.size() == code.size() || text[code.size()] == ' ');
}

std::string encode_command(std::span<const std::string> words)
{
    std::vector<const char*> begins;
    std::vector<std::size_t> sizes;
    for (const auto& each : words)
    {
        begins.push_back(each.data());
        sizes.push_back(each.size());
    }
    char* made = nullptr;
    const auto size =
        redisFormatCommandArgv(&made, static_cast<int>(words.size()), begins.data(), sizes.data());
    if (size < 0)
        throw std::bad_alloc(); // the only reason there is
    std::string text(made, static_cast<std::size_t>(size));
    redisFreeCommand(made);
    return text;
}

void resp_reader::free_reader::operator()(redisReader* reader) const noexcept { redisReaderFree(reader); }

resp_reader::resp_reader(resp_limits limits)
    : left_(std::make_unique<allowance>()), reader_(redisReaderCreateWithFunctions(functions<allowance>()))
{
    if (!reader_)
        throw std::bad_alloc();
    left_->limits = limits;
    left_->renew();
    reader_->privdata = left_.get();
}

resp_reader::~resp_reader() = default;

result<void> resp_reader::feed(std::span<const char> bytes)
{
    const auto waiting = reader_->len - reader_->pos;
    if (waiting + bytes.size() > left_->limits.bytes)
        left_->is_used_up = true;
    if (left_->is_used_up)
        return refused();
    if (redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) != REDIS_OK)
        return refused();
    return {};
}

result<std::optional<redis_reply>> resp_reader::next()
{
    void* made = nullptr;
    const auto outcome = redisReaderGetReply(reader_.get(), &made);
    if (outcome != REDIS_OK)
        return refused();
    if (made == nullptr)
        return std::nullopt;
    const std::unique_ptr<redis_reply> reply(static_cast<redis_reply*>(made));
    left_->renew();
    return std::move(*reply);
}

std::unexpected<error> resp_reader::refused()
{
    if (left_->is_used_up)
        return fail(errc::value_too_large, "redis", "a reply exceeds its limit");
    return fail(
        errc::value_malformed,
        "redis",
        std::string("what answers does not speak the language of Redis: ").append(reader_->errstr)
    );
}

} // namespace sekisho::net
