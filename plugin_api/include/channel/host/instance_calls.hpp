#pragma once
/// The functions of Instance, each a call of its proxy.

#include <channel/host/proxy.hpp>

namespace channel {
namespace detail {

/// The number of a JSON object's own member, not of an object inside it; nothing if there is none.
inline std::optional<std::uint64_t> number_in(std::string_view json, std::string_view member)
{
    int depth = 0;
    std::string_view key;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '"') {
            const auto begin = ++i;
            while (i < json.size() && json[i] != '"')
                i += json[i] == '\\' ? 2U : 1U;
            key = json.substr(begin, std::min(i, json.size()) - begin);
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
        } else if (c == ':' && depth == 1 && key == member) {
            std::uint64_t number = 0;
            const auto start = json.find_first_not_of(" \t\r\n", i + 1);
            if (start == json.npos)
                return std::nullopt;
            const auto* const end = json.data() + json.size();
            const auto [rest, bad] = std::from_chars(json.data() + start, end, number);
            return bad == std::errc{} ? std::optional(number) : std::nullopt;
        }
    }
    return std::nullopt;
}

}  // namespace detail

/// The Services of the instance to whose channel a host gave self; nullptr after its end.
inline Services* services_of(void* self) noexcept { return static_cast<detail::HostSide*>(self)->services(); }

inline Instance::Instance(const channel_plugin& plugin, std::string_view name, Services& services, Options options)
    : proxy_(std::make_shared<detail::Proxy>(plugin, name, services, options))
{
    proxy_->create();
}

inline Instance& Instance::operator=(Instance&& other) noexcept
{
    if (proxy_ && proxy_ != other.proxy_)
        proxy_->release();
    proxy_ = std::move(other.proxy_);
    return *this;
}

inline Instance::~Instance()
{
    if (proxy_)
        proxy_->release();
}

inline void Instance::configure(const Settings& settings, Done done) { proxy_->configure(settings, std::move(done)); }
inline void Instance::start(Done done) { proxy_->start(std::move(done)); }
inline void Instance::stop(Milliseconds grace, Done done) { proxy_->stop(grace, std::move(done)); }
inline bool Instance::settle(Token token, Outcome outcome) { return proxy_->settle(token, outcome); }

inline void Instance::send(const Message& message)
{
    auto given = borrow(message);
    proxy_->running_call("send", [&](const channel_instance& instance, channel_error* error) {
        return instance.ops->send(instance.self, given.get(), error);
    });
}

inline void Instance::cancel(std::string_view client_id)
{
    proxy_->running_call("cancel", [&](const channel_instance& instance, channel_error* error) {
        return instance.ops->cancel(instance.self, str(client_id), error);
    });
}

inline void Instance::operation(const char* name, Done done, const Start& start)
{
    const auto call = [&](channel_op op, channel_error* error) { return start(proxy_->self(), op, error); };
    const auto now = proxy_->phase();
    proxy_->operation(name, std::move(done), call, now, now == Phase::running);
}

namespace detail {

template <class Table>
const Table& table_of(const Instance& instance, const char* id)
{
    const auto* const table = static_cast<const Table*>(instance.extension(id));
    if (table == nullptr)
        throw Error(Status::unsupported, "unsupported", std::string(instance.plugin().type) + " has no " + id);
    return *table;
}

}  // namespace detail

inline void Instance::participants(
    std::string_view account, std::string_view contact, std::span<const Participant> who, Done done
)
{
    const auto& table = detail::table_of<channel_participants>(*this, CHANNEL_PARTICIPANTS);
    std::vector<channel_participant> given;
    for (const auto& one : who)
        given.push_back({str(one.id), str(one.name)});
    operation("participants", std::move(done), [&](void* self, channel_op op, channel_error* error) {
        return table.set(self, str(account), str(contact), given.data(), given.size(), op, error);
    });
}

inline void Instance::invite(const Invitation& invitation, Done done)
{
    const auto& table = detail::table_of<channel_invite>(*this, CHANNEL_INVITE);
    const channel_invitation given{
        sizeof(channel_invitation), 0, str(invitation.account), str(invitation.scene), invitation.lifetime.count(),
    };
    operation("invite", std::move(done), [&](void* self, channel_op op, channel_error* error) {
        return table.create(self, &given, op, error);
    });
}

inline void Instance::typing(std::string_view account, std::string_view contact, bool on)
{
    const auto& table = detail::table_of<channel_typing>(*this, CHANNEL_TYPING);
    proxy_->running_call("typing", [&](const channel_instance& instance, channel_error* error) {
        return table.set(instance.self, str(account), str(contact), on ? 1 : 0, error);
    });
}

inline void Instance::examine(Done done)
{
    const auto& table = detail::table_of<channel_doctor>(*this, CHANNEL_DOCTOR);
    const auto call = [&](channel_op op, channel_error* error) { return table.examine(proxy_->self(), op, error); };
    const auto now = proxy_->phase();
    const bool allowed = now == Phase::configured || now == Phase::running || now == Phase::stopped;
    proxy_->operation("examine", std::move(done), call, now, allowed);
}

inline Capability Instance::check(const Message& message) const { return proxy_->check(message); }
inline std::string Instance::inspect(std::string_view topic) const { return proxy_->inspect(topic); }
inline const void* Instance::extension(std::string_view id) const { return proxy_->extension(id); }
inline std::optional<std::uint64_t> Instance::busy() const { return detail::number_in(inspect("state"), "busy"); }
inline std::size_t Instance::open_tokens() const { return proxy_->open_tokens(); }
inline Phase Instance::phase() const { return proxy_->phase(); }
inline const std::string& Instance::name() const { return proxy_->name(); }
inline const channel_plugin& Instance::plugin() const { return proxy_->plugin(); }
inline std::uint64_t Instance::misbehaviours() const { return proxy_->misbehaviours(); }

}  // namespace channel
