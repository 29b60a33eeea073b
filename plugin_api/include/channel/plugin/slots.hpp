#pragma once
/// From the author's class to the tables of abi.h: one function per slot, each guarded. Included by plugin.hpp.

#include <channel/plugin.hpp>

#include <channel/ext/doctor.h>
#include <channel/ext/invite.h>
#include <channel/ext/participants.h>
#include <channel/ext/typing.h>

namespace channel {
namespace detail {

template <class C>
concept describes = requires {
    { C::description } -> std::convertible_to<Description>;
};
template <class C>
concept configures = requires(C& c, const Settings& settings, Completion done) { c.configure(settings, std::move(done)); };
template <class C>
concept starts = requires(C& c, Completion done) { c.start(std::move(done)); };
template <class C>
concept stops = requires(C& c, Milliseconds grace, Completion done) { c.stop(grace, std::move(done)); };
template <class C>
concept checks = requires(const C& c, const Message& message) {
    { c.check(message) } -> std::convertible_to<Capability>;
};
template <class Answer>
concept reports = std::is_void_v<Answer> || std::same_as<Answer, Receipt>;
template <class C>
concept sends = requires(C& c, const Message& message) {
    { c.send(message) } -> reports;
};
template <class C>
concept cancels = requires(C& c, std::string_view client_id) {
    { c.cancel(client_id) } -> reports;
};
template <class C>
concept inspects = requires(const C& c, std::string_view topic) {
    { c.inspect(topic) } -> std::convertible_to<std::string>;
};
template <class C>
concept settles = requires(C& c, Token token, Outcome outcome) { c.settle(token, outcome); };
template <class C>
concept has_participants = requires(
    C& c, std::string_view account, std::string_view contact, std::span<const Participant> who, Completion done
) { c.participants(account, contact, who, std::move(done)); };
template <class C>
concept invites = requires(C& c, const Invitation& invitation, Completion done) { c.invite(invitation, std::move(done)); };
template <class C>
concept shows_typing =
    requires(C& c, std::string_view account, std::string_view contact, bool on) { c.typing(account, contact, on); };
template <class C>
concept examines = requires(C& c, Completion done) { c.examine(std::move(done)); };
template <class C>
concept extends = requires(const C& c, std::string_view id) {
    { c.extension(id) } -> std::convertible_to<const void*>;
};

/// Says in words what a class lacks; one line of the compiler's for each.
template <class C>
constexpr bool is_channel()
{
    static_assert(describes<C>, "a channel has: static constexpr channel::Description description{...};");
    static_assert(std::constructible_from<C, Host, std::string_view>,
                  "a channel has: a constructor (channel::Host host, std::string_view instance)");
    static_assert(configures<C>, "a channel has: void configure(const channel::Settings&, channel::Completion)");
    static_assert(starts<C>, "a channel has: void start(channel::Completion)");
    static_assert(stops<C>, "a channel has: void stop(std::chrono::milliseconds grace, channel::Completion)");
    static_assert(checks<C>, "a channel has: channel::Capability check(const channel::Message&) const");
    static_assert(sends<C>, "a channel has: channel::Receipt (or void) send(const channel::Message&)");
    static_assert(cancels<C>, "a channel has: channel::Receipt (or void) cancel(std::string_view client_id)");
    static_assert(inspects<C>, "a channel has: std::string inspect(std::string_view topic) const");
    return true;
}

/// Core first: it outlives the author's object, whose threads and completions point to it.
template <class C>
struct Frame {
    Frame(const channel_host* host, std::string_view instance)
        : core(host, instance), author(Host(core), std::string_view(core.instance()))
    {
    }

    Core core;
    C author;
};

template <class C>
struct Slots {
    static Frame<C>& frame(void* self) noexcept { return *static_cast<Frame<C>*>(self); }

    static channel_status create(
        channel_str instance, const channel_host* host, channel_instance* made, channel_error* error
    ) noexcept
    {
        return guarded(error, [&] {
            const auto name = id_of(instance, "instance");
            if (known(host, "host").abi_major != CHANNEL_ABI_MAJOR)
                wrong("host", "of another major than " + std::to_string(CHANNEL_ABI_MAJOR));
            *made = {new Frame<C>(host, name), &ops};
        });
    }

    static void destroy(void* self) noexcept { delete &frame(self); }

    /// An operation: opened if the phase allows it, ended by the Completion or by what was thrown.
    template <class Function>
    static channel_status
    operation(void* self, Call call, channel_op op, channel_error* error, const Function& function) noexcept
    {
        auto& core = frame(self).core;
        std::uint64_t key = 0;
        const auto status = guarded(error, [&] {
            key = core.open(call, op);
            function(frame(self).author, Completion(core, key));
        });
        return core.leave(key, status, *error);
    }

    static channel_status
    configure(void* self, const channel_settings* given, channel_op op, channel_error* error) noexcept
    {
        Settings settings;
        const auto status = guarded(error, [&] { settings = settings_of(given); });
        if (status != CHANNEL_OK)
            return status;
        const auto call = settings.mode == Mode::validate ? Call::validate : Call::apply;
        return operation(self, call, op, error, [&](C& author, Completion done) {
            author.configure(settings, std::move(done));
        });
    }

    static channel_status start(void* self, channel_op op, channel_error* error) noexcept
    {
        return operation(self, Call::start, op, error, [](C& author, Completion done) {
            author.start(std::move(done));
        });
    }

    static channel_status stop(void* self, std::int64_t grace_ms, channel_op op, channel_error* error) noexcept
    {
        const Milliseconds grace(std::max<std::int64_t>(grace_ms, 0));
        return operation(self, Call::stop, op, error, [&](C& author, Completion done) {
            author.stop(grace, std::move(done));
        });
    }

    static channel_status
    check(void* self, const channel_message* given, channel_capability* capability, channel_error* error) noexcept
    {
        return guarded(error, [&] {
            frame(self).core.want_running();
            known(capability, "capability");
            const auto& author = std::as_const(frame(self).author);
            write(Capability(author.check(message_of(given, true))), *capability);
        });
    }

    static channel_status send(void* self, const channel_message* given, channel_error* error) noexcept
    {
        return guarded(error, [&] {
            auto& [core, author] = frame(self);
            core.want_running();
            const auto message = message_of(given, false);
            if constexpr (std::is_void_v<decltype(author.send(message))>)
                author.send(message);
            else
                core.report_receipt(message.account + '\n' + message.contact, message.client_id, author.send(message));
        });
    }

    static channel_status cancel(void* self, channel_str client_id, channel_error* error) noexcept
    {
        return guarded(error, [&] {
            auto& [core, author] = frame(self);
            core.want_running();
            const auto id = id_of(client_id, "client_id");
            if constexpr (std::is_void_v<decltype(author.cancel(id))>)
                author.cancel(id);
            else
                core.report_receipt('\n' + id, id, author.cancel(id));
        });
    }

    static void settle(void* self, channel_token token, channel_status status, std::int64_t retry_after_ms) noexcept
    {
        auto& core = frame(self).core;
        if (!alive(core.phase()))
            return;  // lapsed: it comes again after the next start
        channel_error error{};
        const auto call = [&] {
            const auto outcome = outcome_of(status, retry_after_ms);
            if (token >= Core::layer_half)
                core.settle(token, outcome);
            else if constexpr (settles<C>)
                frame(self).author.settle(token, outcome);
        };
        if (guarded(&error, call) != CHANNEL_OK)
            core.log(Level::error, "exception_in_settle", text_in(error.text));
    }

    static channel_status
    inspect(void* self, channel_str topic, const channel_sink* sink, channel_error* error) noexcept
    {
        return guarded(error, [&] {
            const std::string text = std::as_const(frame(self).author).inspect(id_of(topic, "topic"));
            if (text.size() > json_bytes_max)
                throw Error(Status::internal, "too_long", "the answer is longer than 1 MiB");
            sink->write(sink->ctx, str(text));
        });
    }

    static const void* extension(void* self, channel_str id) noexcept
    {
        if constexpr (has_participants<C>) {
            if (view(id) == CHANNEL_PARTICIPANTS)
                return &participants_table;
        }
        if constexpr (invites<C>) {
            if (view(id) == CHANNEL_INVITE)
                return &invite_table;
        }
        if constexpr (shows_typing<C>) {
            if (view(id) == CHANNEL_TYPING)
                return &typing_table;
        }
        if constexpr (examines<C>) {
            if (view(id) == CHANNEL_DOCTOR)
                return &doctor_table;
        }
        const void* table = nullptr;
        if constexpr (extends<C>) {
            channel_error error{};
            const auto call = [&] { table = std::as_const(frame(self).author).extension(id_of(id, "extension")); };
            if (guarded(&error, call) != CHANNEL_OK)
                return nullptr;
        }
        return table;
    }

    static channel_status set_participants(
        void* self, channel_str account, channel_str contact, const channel_participant* first, std::uint64_t count,
        channel_op op, channel_error* error
    ) noexcept
    {
        return operation(self, Call::other, op, error, [&](C& author, Completion done) {
            const auto account_id = id_of(account, "account");
            const auto contact_id = id_of(contact, "contact");
            if (count > 0 && first == nullptr)
                wrong("participants", "a count without data");
            std::vector<Participant> participants;
            for (const auto& one : std::span(first, count))
                participants.push_back({id_of(one.id, "participant.id"), text_of(one.name, "participant.name")});
            author.participants(account_id, contact_id, std::span<const Participant>(participants), std::move(done));
        });
    }

    static channel_status
    create_invite(void* self, const channel_invitation* given, channel_op op, channel_error* error) noexcept
    {
        return operation(self, Call::other, op, error, [&](C& author, Completion done) {
            const auto& from = known(given, "invitation");
            const Invitation invitation{
                .account = id_of(from.account, "account"),
                .scene = optional_id_of(from.scene, "scene"),
                .lifetime = Milliseconds(from.lifetime_ms),
            };
            author.invite(invitation, std::move(done));
        });
    }

    static channel_status set_typing(
        void* self, channel_str account, channel_str contact, std::int32_t on, channel_error* error
    ) noexcept
    {
        return guarded(error, [&] {
            frame(self).core.want_running();
            frame(self).author.typing(id_of(account, "account"), id_of(contact, "contact"), on != 0);
        });
    }

    static channel_status examine(void* self, channel_op op, channel_error* error) noexcept
    {
        return operation(self, Call::examine, op, error, [](C& author, Completion done) {
            author.examine(std::move(done));
        });
    }

    static constexpr channel_ops ops{
        sizeof(channel_ops), 0, destroy, configure, start, stop, check, send, cancel, settle, inspect, extension,
    };
    static constexpr auto participants_slot = [] {
        if constexpr (has_participants<C>)
            return &Slots::set_participants;
        else
            return nullptr;
    };
    static constexpr channel_participants participants_table{sizeof(channel_participants), 0, participants_slot()};
    static constexpr auto invite_slot = [] {
        if constexpr (invites<C>)
            return &Slots::create_invite;
        else
            return nullptr;
    };
    static constexpr channel_invite invite_table{sizeof(channel_invite), 0, invite_slot()};
    static constexpr auto typing_slot = [] {
        if constexpr (shows_typing<C>)
            return &Slots::set_typing;
        else
            return nullptr;
    };
    static constexpr channel_typing typing_table{sizeof(channel_typing), 0, typing_slot()};
    static constexpr auto examine_slot = [] {
        if constexpr (examines<C>)
            return &Slots::examine;
        else
            return nullptr;
    };
    static constexpr channel_doctor doctor_table{sizeof(channel_doctor), 0, examine_slot()};

    /// What the author offers, and what his members say; nullptr at the end.
    static constexpr auto offers = [] {
        std::array<const char*, C::description.offers.size() + 5> ids{};
        std::size_t size = 0;
        for (const char* id : C::description.offers)
            if (id != nullptr)
                ids[size++] = id;
        if constexpr (has_participants<C>)
            ids[size++] = CHANNEL_PARTICIPANTS;
        if constexpr (invites<C>)
            ids[size++] = CHANNEL_INVITE;
        if constexpr (shows_typing<C>)
            ids[size++] = CHANNEL_TYPING;
        if constexpr (examines<C>)
            ids[size++] = CHANNEL_DOCTOR;
        return ids;
    }();
};

#define CHANNEL_TEXT_OF(number) #number
#define CHANNEL_TEXT(number) CHANNEL_TEXT_OF(number)
#if defined(__clang__)
#define CHANNEL_COMPILER __VERSION__
#else
#define CHANNEL_COMPILER "gcc " __VERSION__
#endif
#if defined(_LIBCPP_VERSION)
inline constexpr char toolchain[] = CHANNEL_COMPILER ", libc++ " CHANNEL_TEXT(_LIBCPP_VERSION);
#else
inline constexpr char toolchain[] = CHANNEL_COMPILER ", libstdc++ " CHANNEL_TEXT(__GLIBCXX__);
#endif
#undef CHANNEL_COMPILER
#undef CHANNEL_TEXT
#undef CHANNEL_TEXT_OF

}  // namespace detail

/// The static data of a channel's class: what CHANNEL_PLUGIN exports. A test may also use it without a file.
template <class C>
    requires(detail::is_channel<C>())
inline constexpr channel_plugin plugin_table{
    CHANNEL_MAGIC,
    CHANNEL_ABI_MAJOR,
    CHANNEL_ABI_MINOR,
    sizeof(channel_plugin),
    0,
    C::description.type,
    C::description.name,
    C::description.version,
    detail::toolchain,
    C::description.capabilities,
    C::description.settings_schema,
    C::description.needs.data(),
    detail::Slots<C>::offers.data(),
    detail::Slots<C>::create,
};

/// The author's object behind the self that a host hands to a function of his own extension tables.
template <class C>
C& object_of(void* self) noexcept
{
    return static_cast<detail::Frame<C>*>(self)->author;
}

}  // namespace channel
