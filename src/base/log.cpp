// SPDX-License-Identifier: Apache-2.0
#include "base/log.hpp"

#include "base/log_line.hpp"
#include "base/log_repetition.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <memory>
#include <mutex>
#include <poll.h>
#include <span>
#include <sys/uio.h>
#include <unistd.h>
#include <vector>

namespace sekisho::log
{
namespace
{

constexpr auto descriptor = STDOUT_FILENO;

// Each line is one system call, so that lines of several processes on one pipe do not mix. A reader that is
// slow holds us up; one that is gone loses lines.
void write_out(std::string_view text, std::string_view end)
{
    std::array parts{
        iovec{const_cast<char*>(text.data()), text.size()},
        iovec{const_cast<char*>(end.data()), end.size()},
    };
    while (parts[0].iov_len + parts[1].iov_len > 0)
    {
        const auto written = ::writev(descriptor, parts.data(), static_cast<int>(parts.size()));
        if (written < 0 && errno == EAGAIN)
        {
            pollfd ready{descriptor, POLLOUT, 0};
            ::poll(&ready, 1, 1000);
        }
        else if (written < 0 && errno != EINTR)
            return;
        for (auto left = static_cast<std::size_t>(std::max<ssize_t>(written, 0)); auto& part : parts)
        {
            const auto done = std::min(left, part.iov_len);
            part.iov_base = static_cast<char*>(part.iov_base) + done;
            part.iov_len -= done;
            left -= done;
        }
    }
}

class output final : public spdlog::sinks::base_sink<std::mutex>
{
public:
    void append(std::string_view lines)
    {
        const std::lock_guard lock(mutex_);
        write_out(lines, {});
    }

private:
    void sink_it_(const spdlog::details::log_msg& message) override
    {
        write_out({message.payload.data(), message.payload.size()}, "\n");
    }
    void flush_() override {} // nothing is held back
};

// Never destroyed: threads may log while the program ends.
const std::shared_ptr<output>& standard_output()
{
    static const auto& made = *new std::shared_ptr<output>(std::make_shared<output>());
    return made;
}

spdlog::logger* new_logger()
{
    auto* made = new spdlog::logger("sekisho", standard_output());
    made->set_level(spdlog::level::trace); // least_level decides
    return made;
}

spdlog::logger& logger()
{
    static auto& made = *new_logger();
    return made;
}

std::atomic<level> least_level = level::info;
std::atomic<format> output_format = format::text;
std::atomic<const char*> mark = nullptr;

spdlog::level::level_enum native(level at)
{
    switch (at)
    {
    case level::trace:
        return spdlog::level::trace;
    case level::debug:
        return spdlog::level::debug;
    case level::info:
        return spdlog::level::info;
    case level::warning:
        return spdlog::level::warn;
    case level::error:
        return spdlog::level::err;
    case level::off:
        break;
    }
    return spdlog::level::off;
}

void write_line(level at, std::string_view event, std::span<const field> fields)
{
    if (!is_enabled(at))
        return;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto when = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
    const auto form = output_format.load();
    const auto name = line_mark();
    auto line = std::string();
    if (name.empty())
        line = render_line(form, when, at, event, fields);
    else
    {
        std::vector<field> all(fields.begin(), fields.end());
        all.emplace_back(name, true);
        line = render_line(form, when, at, event, all);
    }
    logger().log(native(at), spdlog::string_view_t(line.data(), line.size()));
}

level level_of(severity loudness)
{
    switch (loudness)
    {
    case severity::debug:
        return level::debug;
    case severity::info:
        return level::info;
    case severity::warning:
        return level::warning;
    case severity::error:
        break;
    }
    return level::error;
}

std::vector<field> failure_fields(const sekisho::error& what, std::initializer_list<field> fields)
{
    std::vector<field> all{
        {"code", describe(what.code).name}, {"where", what.where}, {"detail", what.detail}
    };
    all.insert(all.end(), fields.begin(), fields.end());
    return all;
}

} // namespace

void mark_lines(const char* name) noexcept { mark.store(name, std::memory_order_relaxed); }

std::string_view line_mark() noexcept
{
    const auto* const name = mark.load(std::memory_order_relaxed);
    return name == nullptr ? std::string_view() : std::string_view(name);
}

void configure(level least, format form)
{
    output_format.store(form);
    least_level.store(least);
}

bool is_enabled(level at) noexcept
{
    return at != level::off && at >= least_level.load(std::memory_order_relaxed);
}

void write(level at, std::string_view event, std::initializer_list<field> fields)
{
    write_line(at, event, std::span(fields));
}

void failure(std::string_view event, const sekisho::error& what, std::initializer_list<field> fields)
{
    const auto all = failure_fields(what, fields);
    write_line(level_of(describe(what.code).loudness), event, all);
}

void failure(
    repetition& of,
    time_point now,
    std::string_view event,
    const sekisho::error& what,
    std::initializer_list<field> fields
)
{
    const auto left_out = of.turn(now);
    const auto at = left_out ? level_of(describe(what.code).loudness) : level::debug;
    if (!is_enabled(at))
        return;
    auto all = failure_fields(what, fields);
    if (left_out && *left_out > 0)
        all.emplace_back("left_out", *left_out);
    write_line(at, event, all);
}

std::string
render(format form, std::int64_t when, level at, std::string_view event, std::initializer_list<field> fields)
{
    return render_line(form, when, at, event, std::span(fields));
}

void append_lines(std::string_view lines) { standard_output()->append(lines); }

void flush() { logger().flush(); }

} // namespace sekisho::log
