#include "plugin/doctor_way.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <memory>
#include <mutex>
#include <netdb.h>

namespace wechat::plugin {
namespace {

using channel::Examined;
using std::chrono::milliseconds;

constexpr milliseconds between_looks{20};

/// A question to the system's resolver, which cannot always be taken back: then it is left to itself.
class Lookup {
public:
    explicit Lookup(std::string host) : asked_(std::make_unique<Asked>(std::move(host)))
    {
        gaicb* list[] = {&asked_->request};
        fault_ = ::getaddrinfo_a(GAI_NOWAIT, list, 1, nullptr);
    }
    Lookup(const Lookup&) = delete;
    Lookup& operator=(const Lookup&) = delete;
    ~Lookup()
    {
        if (fault() == EAI_INPROGRESS && ::gai_cancel(&asked_->request) == EAI_NOTCANCELED)
            leave(std::move(asked_));
    }

    /// EAI_INPROGRESS: not yet; 0: found.
    [[nodiscard]] int fault() const { return fault_ != 0 ? fault_ : ::gai_error(&asked_->request); }
    [[nodiscard]] std::size_t addresses() const
    {
        std::size_t count = 0;
        for (const auto* one = asked_->request.ar_result; one != nullptr; one = one->ai_next)
            ++count;
        return count;
    }

private:
    struct Asked {
        explicit Asked(std::string host_) : host(std::move(host_))
        {
            hints.ai_socktype = SOCK_STREAM;
            request.ar_name = host.c_str();
            request.ar_request = &hints;
        }
        Asked(const Asked&) = delete;
        Asked& operator=(const Asked&) = delete;
        ~Asked()
        {
            if (request.ar_result != nullptr)
                ::freeaddrinfo(request.ar_result);
        }
        std::string host;
        addrinfo hints = {};
        gaicb request = {};
    };

    // The resolver still writes into it.
    static void leave(std::unique_ptr<Asked> asked)
    {
        static std::mutex mutex;
        static auto* const left = new std::vector<std::unique_ptr<Asked>>;
        const std::lock_guard lock{mutex};
        left->push_back(std::move(asked));
    }

    std::unique_ptr<Asked> asked_;
    int fault_ = 0;
};

}  // namespace

Task<Examined> examine_name(Loop& loop, std::string host, milliseconds limit)
{
    boost::system::error_code failure;
    asio::ip::make_address(host, failure);
    if (!failure)
        co_return healthy("dns", host + " is an address");
    const auto remedy =
        "Look at this machine's resolver (/etc/resolv.conf), and at wechat.api in the customer's file.";
    const Lookup lookup(host);
    Timer timer(loop);
    const auto deadline = std::chrono::steady_clock::now() + limit;
    for (;;) {
        if (std::chrono::steady_clock::now() >= deadline)
            co_return wrong(
                "dns", host + ": no answer within " + std::to_string(limit.count()) + " ms", remedy
            );
        if (lookup.fault() != EAI_INPROGRESS)
            break;
        timer.expires_after(std::min(between_looks, limit));
        co_await timer.async_wait(into(failure));
    }
    if (lookup.fault() != 0)
        co_return wrong("dns", host + ": " + ::gai_strerror(lookup.fault()), remedy);
    co_return healthy("dns", host + " has " + std::to_string(lookup.addresses()) + " addresses");
}

}  // namespace wechat::plugin
