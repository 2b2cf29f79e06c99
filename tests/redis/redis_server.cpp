// SPDX-License-Identifier: Apache-2.0
#include "redis/redis_server.hpp"

#include <arpa/inet.h>
#include <array>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <memory>
#include <netinet/in.h>
#include <random>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace sekisho::test
{
namespace
{

sockaddr_in loopback(std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

// Whether a socket of this port can be bound (or connected to).
bool tries(int (*what)(int, const sockaddr*, socklen_t), std::uint16_t port)
{
    const auto socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = loopback(port);
    const auto worked = what(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    ::close(socket);
    return worked;
}

std::string replaced(std::string text, const std::string& what, const std::string& with)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at))
        text.replace(at, what.size(), with);
    return text;
}

} // namespace

bool eventually(const std::function<bool()>& condition, std::chrono::milliseconds within)
{
    const auto end = std::chrono::steady_clock::now() + within;
    while (!condition())
    {
        if (std::chrono::steady_clock::now() >= end)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

std::uint16_t free_port()
{
    static std::minstd_rand chance{std::random_device{}()};
    for (;;)
    {
        const auto port = static_cast<std::uint16_t>(20'000 + chance() % 12'000);
        if (tries(::bind, port))
            return port;
    }
}

redis_server::redis_server(std::vector<std::string> configuration, listens how)
    : port_(free_port()), how_(how)
{
    const auto port = std::to_string(port_);
    std::string text = "bind 127.0.0.1\nsave \"\"\nlogfile {dir}/log\ndir {dir}\n";
    if (how == listens::as_sentinel)
        text = "bind 127.0.0.1\nlogfile {dir}/log\ndir {dir}\n";
    text += how == listens::with_tls ? "port 0\ntls-port " + port + "\n" : "port " + port + "\n";
    for (const auto& each : configuration)
        text += each + "\n";
    directory_.write("redis.conf", replaced(text, "{dir}", directory_.path()));
    start();
}

redis_server::~redis_server()
{
    if (process_ > 0)
        kill();
}

void redis_server::start()
{
    const auto configuration = directory_.file("redis.conf");
    const auto output = directory_.file("output");
    process_ = ::fork();
    if (process_ == 0)
    {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        const auto into = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        ::dup2(into, 1);
        ::dup2(into, 2);
        if (how_ == listens::as_sentinel)
            ::execl(SEKISHO_REDIS_SERVER, SEKISHO_REDIS_SERVER, configuration.c_str(), "--sentinel", nullptr);
        else
            ::execl(SEKISHO_REDIS_SERVER, SEKISHO_REDIS_SERVER, configuration.c_str(), nullptr);
        ::_exit(127);
    }
    if (!eventually([this] { return answers(); }))
        throw std::runtime_error("redis-server does not come up: see " + directory_.path());
}

bool redis_server::answers() const
{
    if (!tries(::connect, port_))
        return false;
    return how_ == listens::with_tls || !cli("ping").starts_with("LOADING");
}

void redis_server::kill()
{
    ::kill(process_, SIGKILL);
    ::waitpid(std::exchange(process_, -1), nullptr, 0);
}

void redis_server::pause()
{
    ::kill(process_, SIGSTOP);
    ::waitpid(process_, nullptr, WUNTRACED);
}

void redis_server::resume() { ::kill(process_, SIGCONT); }

std::string redis_server::cli(const std::string& command) const
{
    const auto line = "redis-cli -p " + std::to_string(port_) + " " + command + " 2>&1";
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(line.c_str(), "r"), ::pclose);
    std::string printed;
    std::array<char, 512> block{};
    while (std::fgets(block.data(), static_cast<int>(block.size()), pipe.get()) != nullptr)
        printed += block.data();
    return printed;
}

} // namespace sekisho::test
