# Fills an empty Redmine: one project, 60 people, and as many issues as REDMINE_ISSUES says.
require 'securerandom'
Redmine::DefaultData::Loader.load('en') if Redmine::DefaultData::Loader.no_data?
Setting.rest_api_enabled = '1'
Setting.notified_events = []
Setting.default_language = 'en'
admin = User.find_by(login: 'admin')
admin.password = admin.password_confirmation = ENV.fetch('REDMINE_PASSWORD')
admin.must_change_passwd = false
admin.save!
project = Project.new(name: 'Sau ro', identifier: 'do', is_public: true)
project.enabled_module_names = %w[issue_tracking]
project.trackers = Tracker.all
project.save!
role = Role.givable.first
people = (1..60).map do |n|
  user = User.new(firstname: "Don vi #{n}", lastname: 'Xa', mail: "x#{n}@example.vn", language: 'en')
  user.login = "xa#{n}"
  user.password = user.password_confirmation = SecureRandom.hex(12)
  user.save!
  Member.create!(project: project, principal: user, roles: [role])
  user.id
end
statuses = IssueStatus.order(:id).pluck(:id)
trackers = project.trackers.order(:id).pluck(:id)
priorities = IssuePriority.order(:id).pluck(:id)
dice = Random.new(57)
n = Integer(ENV.fetch('REDMINE_ISSUES'))
today = Date.today
(1..n).each_slice(500) do |some|
  Issue.insert_all!(some.map do |i|
    at = Time.now.utc - dice.rand(60_000_000)
    { id: i, tracker_id: trackers[dice.rand(trackers.size)], project_id: project.id,
      subject: "Bo tri diem ho tro nguoi dan so #{i}, dot #{i % 7}",
      description: "Bo tri may tinh, duong truyen va nguoi truc tai diem ho tro so #{i}.\n\nBao cao hang tuan.",
      due_date: today + dice.rand(400) - 200, status_id: statuses[dice.rand(statuses.size)],
      assigned_to_id: people[dice.rand(people.size)], priority_id: priorities[dice.rand(priorities.size)],
      author_id: admin.id, lock_version: 0, created_on: at, updated_on: at, start_date: today - 220,
      done_ratio: dice.rand(11) * 10, root_id: i, lft: 1, rgt: 2, is_private: false }
  end)
  Journal.insert_all!(some.flat_map do |i|
    (0...3).map do |k|
      { journalized_id: i, journalized_type: 'Issue', user_id: people[dice.rand(people.size)],
        notes: "Bao cao lan #{k + 1}: dang lam, dung tien do.", created_on: Time.now.utc, private_notes: false }
    end
  end)
end
puts({ issues: Issue.count, version: Redmine::VERSION.to_s, key: admin.api_key }.to_json)
