/// The simulator as a server with a thread of its own: what the program starts, and what tests and replay hold.
#pragma once

#include "simulator/acts.hpp"
#include "simulator/delivery.hpp"
#include "simulator/http_message.hpp"
#include "simulator/platform.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

namespace simulator {

/// Where it listens and what it is strict about.
///
/// address            loopback, unless everybody who reaches the machine may play with it
/// port               0: any that is free
/// certificate, key   PEM files; with both it speaks HTTPS only
/// callback_ca        PEM file of an authority to believe besides the system's, for https:// callback URLs
/// patience           real time for each delivery of a callback, besides its five seconds on the platform's clock
struct Options {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    std::string certificate = {};
    std::string private_key = {};
    std::string callback_ca = {};
    Milliseconds patience{5000};
    Rules rules = {};
};

/// A running simulator. May be used by any thread but its own; stopped before it is destroyed, or by that.
///
/// Whatever asks about an account that is not there throws std::out_of_range.
class Server {
public:
    /// Listens when it returns. Throws std::system_error (address, port, files that cannot be used).
    explicit Server(Options options);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::string url() const;  // http://127.0.0.1:9300

    /// Closes everything and ends the thread. Deliveries on their way are broken off.
    void stop();

    // Accounts. put gives whether the callback URL passed the GET check; it is used in any case.
    bool put(Account account);
    [[nodiscard]] std::vector<Account> accounts();

    // What contacts do; each returns after the last delivery of its callback.
    Delivered contact_sends(const std::string& app_id, const std::string& openid, Saying saying);
    Delivered contact_sends(const std::string& app_id, const std::string& openid, std::string text);
    Delivered contact_follows(const std::string& app_id, const std::string& openid, const std::string& scene);
    Delivered contact_unfollows(const std::string& app_id, const std::string& openid);
    Delivered contact_scans(const std::string& app_id, const std::string& openid, const std::string& scene);
    Delivered
    contact_clicks_menu(const std::string& app_id, const std::string& openid, const std::string& key);

    /// Returns when no callback is on its way any more.
    void settle();

    // What the platform sees.
    [[nodiscard]] std::vector<PhoneEntry> phone(const std::string& app_id, const std::string& openid);
    [[nodiscard]] int slots_left(const std::string& app_id, const std::string& openid);
    [[nodiscard]] std::vector<LoggedRequest> requests(const std::string& path);
    [[nodiscard]] std::uint64_t requests_received();

    // Time and faults.
    [[nodiscard]] Moment now();
    void set_time(Moment moment);
    void advance(Milliseconds by);
    void add_fault(Fault fault);
    void clear_faults();
    void clear_faults(const std::string& path);

    /// Lets nobody connect for so long a real time; connections that are open are reset at their next request.
    void refuse(Milliseconds time);

    /// Answers a request under /sim/ as over HTTP.
    [[nodiscard]] Response control(std::string method, std::string path, std::string body);

    /// Anything else: runs work(platform) on the simulator's thread and gives what it gives.
    template <class Work>
    auto with_platform(Work work) -> std::invoke_result_t<Work, Platform&>
    {
        using Value = std::invoke_result_t<Work, Platform&>;
        std::packaged_task<Value(Platform&)> task{std::move(work)};
        auto value = task.get_future();
        run([&](Platform& platform) { task(platform); });
        return value.get();
    }

private:
    using Act = std::function<Push(Platform&, OfficialAccount&)>;
    void run(const std::function<void(Platform&)>& work);  // returns when it is done
    Delivered deliver(const std::string& app_id, Act act);

    struct Running;
    std::unique_ptr<Running> running_;
};

}  // namespace simulator
