// SPDX-License-Identifier: Apache-2.0
#include "support/recording_application.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace sekisho::test
{

recording_application::recording_application(conversation each, std::optional<issued_certificate> certificate)
    : each_(std::move(each)), certificate_(std::move(certificate)),
      listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    if (::bind(listener_, any, size) != 0 || ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, any, &size) != 0)
        throw std::runtime_error("the application cannot listen");
    port_ = ntohs(address.sin_port);
    accepting_ = std::thread([this] { accept_all(); });
}

recording_application::~recording_application()
{
    {
        const std::scoped_lock lock(mutex_);
        is_ending_ = true;
        for (const auto each : open_)
            ::shutdown(each, SHUT_RDWR);
    }
    changed_.notify_all();
    ::shutdown(listener_, SHUT_RDWR);
    accepting_.join();
    ::close(listener_);
    for (auto& each : talks_)
        each.join();
}

void recording_application::accept_all()
{
    for (;;)
    {
        const auto socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        const std::scoped_lock lock(mutex_);
        if (socket < 0 || is_ending_)
        {
            if (socket >= 0)
                ::close(socket);
            return;
        }
        open_.push_back(socket);
        talks_.emplace_back([this, socket] { converse(socket); });
        changed_.notify_all();
    }
}

void recording_application::converse(int socket)
{
    {
        wire gate(::dup(socket));
        try
        {
            char first = 0;
            if (::recv(socket, &first, 1, MSG_PEEK) == 1)
                count_connection();
            if (certificate_)
                gate.accept_tls(certificate_->certificate_pem, certificate_->key_pem);
            each_(gate, *this);
        }
        catch (const std::exception&)
        {
            // The gate has closed, or the test is over: the conversation ends.
        }
    }
    const std::scoped_lock lock(mutex_);
    open_.remove(socket);
    ::close(socket);
    changed_.notify_all();
}

void recording_application::count_connection()
{
    const std::scoped_lock lock(mutex_);
    ++connections_;
}

wire_message recording_application::take_request(wire& from)
{
    auto request = from.receive_message();
    remember(request);
    return request;
}

void recording_application::remember(wire_message request)
{
    const std::scoped_lock lock(mutex_);
    requests_.push_back(std::move(request));
    changed_.notify_all();
}

wire_message recording_application::request(std::size_t number)
{
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, wire::patience, [&] { return requests_.size() > number; }))
        throw wire_timeout("the application was sent " + std::to_string(requests_.size()) + " requests");
    return requests_[number];
}

std::size_t recording_application::request_count()
{
    const std::scoped_lock lock(mutex_);
    return requests_.size();
}

std::size_t recording_application::connection_count()
{
    const std::scoped_lock lock(mutex_);
    return connections_;
}

bool recording_application::closes_within(std::chrono::milliseconds time)
{
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, time, [&] { return connections_ > 0 && open_.empty(); });
}

recording_application::conversation answering(std::string bytes)
{
    return [bytes = std::move(bytes)](wire& gate, recording_application& self)
    {
        for (;;)
        {
            self.take_request(gate);
            gate.send(bytes);
        }
    };
}

recording_application::conversation answering_once(std::string bytes)
{
    return [bytes = std::move(bytes)](wire& gate, recording_application& self)
    {
        self.take_request(gate);
        gate.send(bytes);
    };
}

std::string plain_answer(std::string_view body, std::string_view fields)
{
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           std::string(fields) + "\r\n" + std::string(body);
}

} // namespace sekisho::test
