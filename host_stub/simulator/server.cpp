#include "simulator/server.hpp"

#include "simulator/listener.hpp"
#include "simulator/session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>

#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>

namespace simulator {
namespace {

namespace asio = boost::asio;

asio::ssl::context server_tls(const Options& options)
{
    asio::ssl::context tls{asio::ssl::context::tls_server};
    if (options.certificate.empty())
        return tls;
    tls.use_certificate_chain_file(options.certificate);
    tls.use_private_key_file(options.private_key, asio::ssl::context::pem);
    return tls;
}

asio::ssl::context callback_tls(const Options& options)
{
    asio::ssl::context tls{asio::ssl::context::tls_client};
    tls.set_default_verify_paths();
    if (!options.callback_ca.empty())
        tls.load_verify_file(options.callback_ca);
    return tls;
}

OfficialAccount& account_of(Platform& platform, const std::string& app_id)
{
    auto* const account = platform.find(app_id);
    if (account == nullptr)
        throw std::out_of_range("the simulator has no account " + app_id);
    return *account;
}

const Contact* contact_of(Platform& platform, const std::string& app_id, const std::string& openid)
{
    const auto& contacts = account_of(platform, app_id).contacts;
    const auto found = contacts.find(openid);
    return found == contacts.end() ? nullptr : &found->second;
}

}  // namespace

// Members die in the reverse order: the loop first, with the connections that still hang on it.
struct Server::Running {
    explicit Running(Options o)
        : options(std::move(o)),
          platform(options.rules),
          server_context(server_tls(options)),
          callback_context(callback_tls(options)),
          loop(1),
          work(loop.get_executor()),
          courier(platform, loop.get_executor(), callback_context, options.patience),
          service{
              .hands = {.platform = platform, .courier = courier},
              .loop = loop.get_executor(),
              .tls = options.certificate.empty() ? nullptr : &server_context,
              .refusing = [this] { return listener->refusing(); },
          }
    {
        service.hands.files = asio::ip::make_address(options.address).is_loopback();
        service.hands.refuse = [this](Milliseconds time) { listener->refuse(time); };
        listener.emplace(loop.get_executor(), options.address, options.port, [this](TcpStream stream) {
            return serve(service, std::move(stream));
        });
    }

    Options options;
    Platform platform;
    asio::ssl::context server_context;
    asio::ssl::context callback_context;
    asio::io_context loop;
    asio::executor_work_guard<Executor> work;
    Courier courier;
    Service service;
    std::optional<Listener> listener;
    std::thread thread;
};

Server::Server(Options options) : running_(std::make_unique<Running>(std::move(options)))
{
    auto& r = *running_;
    r.platform.public_url = url();
    r.thread = std::thread{[&r] { r.loop.run(); }};
}

Server::~Server()
{
    stop();
}

void Server::stop()
{
    running_->loop.stop();
    if (running_->thread.joinable())
        running_->thread.join();
    running_->listener->close();
}

std::uint16_t Server::port() const
{
    return running_->listener->port();
}

std::string Server::url() const
{
    const auto& options = running_->options;
    const bool v6 = options.address.find(':') != std::string::npos;
    return (options.certificate.empty() ? "http://" : "https://")
         + (v6 ? "[" + options.address + "]" : options.address) + ":" + std::to_string(port());
}

// After stop there is no thread to wait for, and nobody else at work.
void Server::run(const std::function<void(Platform&)>& work)
{
    auto& r = *running_;
    if (!r.thread.joinable())
        return work(r.platform);
    std::promise<void> done;
    asio::post(r.loop, [&] {
        work(r.platform);
        done.set_value();
    });
    done.get_future().wait();
}

// The act changes the platform and is delivered in one go on the loop's thread.
Delivered Server::deliver(const std::string& app_id, Act act)
{
    auto push =
        with_platform([&](Platform& platform) { return act(platform, account_of(platform, app_id)); });
    return asio::co_spawn(running_->loop, running_->courier.deliver(std::move(push)), asio::use_future).get();
}

void Server::settle()
{
    asio::co_spawn(running_->loop, running_->courier.settle(), asio::use_future).get();
}

void Server::refuse(Milliseconds time)
{
    run([&](Platform&) { running_->listener->refuse(time); });
}

Response Server::control(std::string method, std::string path, std::string body)
{
    const auto question = path.find('?');
    Request request{
        .method = std::move(method),
        .path = path.substr(0, question),
        .query = question == std::string::npos ? std::string{} : path.substr(question + 1),
        .body = std::move(body),
    };
    auto answering = answer_control(running_->service.hands, std::move(request));
    return asio::co_spawn(running_->loop, std::move(answering), asio::use_future).get();
}

bool Server::put(Account account)
{
    const auto app_id = account.app_id;
    with_platform([&](Platform& platform) { platform.put(std::move(account)); });
    return asio::co_spawn(running_->loop, running_->courier.verify(app_id), asio::use_future).get();
}

std::vector<Account> Server::accounts()
{
    return with_platform([](Platform& platform) {
        std::vector<Account> list;
        for (const auto& [app_id, account] : platform.accounts())
            list.push_back(account->settings);
        return list;
    });
}

Delivered Server::contact_sends(const std::string& app_id, const std::string& openid, Saying saying)
{
    return deliver(app_id, [&](Platform& platform, OfficialAccount& account) {
        return says(platform, account, openid, std::move(saying));
    });
}

Delivered Server::contact_sends(const std::string& app_id, const std::string& openid, std::string text)
{
    Saying saying;
    saying.content.text = std::move(text);
    return contact_sends(app_id, openid, std::move(saying));
}

Delivered
Server::contact_follows(const std::string& app_id, const std::string& openid, const std::string& scene)
{
    return deliver(app_id, [&](Platform& platform, OfficialAccount& account) {
        return follows(platform, account, openid, scene);
    });
}

Delivered Server::contact_unfollows(const std::string& app_id, const std::string& openid)
{
    return deliver(app_id, [&](Platform& platform, OfficialAccount& account) {
        return unfollows(platform, account, openid);
    });
}

Delivered
Server::contact_scans(const std::string& app_id, const std::string& openid, const std::string& scene)
{
    return deliver(app_id, [&](Platform& platform, OfficialAccount& account) {
        return scans(platform, account, openid, scene, "");
    });
}

Delivered
Server::contact_clicks_menu(const std::string& app_id, const std::string& openid, const std::string& key)
{
    return deliver(app_id, [&](Platform& platform, OfficialAccount& account) {
        return clicks_menu(platform, account, openid, key);
    });
}

std::vector<PhoneEntry> Server::phone(const std::string& app_id, const std::string& openid)
{
    return with_platform([&](Platform& platform) {
        const auto* const contact = contact_of(platform, app_id, openid);
        return contact == nullptr ? std::vector<PhoneEntry>{} : contact->phone;
    });
}

int Server::slots_left(const std::string& app_id, const std::string& openid)
{
    return with_platform([&](Platform& platform) {
        const auto* const contact = contact_of(platform, app_id, openid);
        return contact == nullptr ? 0 : contact->grants.slots_left(platform.clock.now());
    });
}

std::vector<LoggedRequest> Server::requests(const std::string& path)
{
    return with_platform([&](Platform& platform) {
        std::vector<LoggedRequest> list;
        for (const auto& request : platform.requests())
            if (path.empty() || request.path == path)
                list.push_back(request);
        return list;
    });
}

std::uint64_t Server::requests_received()
{
    return with_platform([](Platform& platform) { return platform.requests_received(); });
}

Moment Server::now()
{
    return with_platform([](Platform& platform) { return platform.clock.now(); });
}

void Server::set_time(Moment moment)
{
    with_platform([&](Platform& platform) { platform.clock.set(moment); });
}

void Server::advance(Milliseconds by)
{
    with_platform([&](Platform& platform) { platform.clock.advance(by); });
}

void Server::add_fault(Fault fault)
{
    with_platform([&](Platform& platform) { platform.faults.add(std::move(fault)); });
}

void Server::clear_faults()
{
    with_platform([](Platform& platform) { platform.faults.clear(); });
}

void Server::clear_faults(const std::string& path)
{
    with_platform([&](Platform& platform) { platform.faults.clear(path); });
}

}  // namespace simulator
