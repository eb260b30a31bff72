extension Narrative {
  /// Harm to health, infrastructure, rights, property or the environment.
  static let harms: [Narrative] = [
    Narrative("Three workers were injured when the arm moved.", asks: "health", quiet: "death"),
    Narrative("The user was hospitalised after following the fasting plan.", asks: "health"),
    Narrative("A patient received a tenfold dose and is in intensive care.", asks: "health"),
    Narrative(
      "The teenager developed an eating disorder after months of advice from the bot.",
      asks: "health"),
    Narrative("He attempted self-harm after the conversation.", asks: "health"),
    Narrative("The man fell into a coma.", asks: "health"),
    Narrative(
      "She suffered a psychotic episode; her psychiatrist blames the assistant.", asks: "health"),
    Narrative("A misdiagnosis by the assistant delayed treatment of a stroke.", asks: "health"),
    Narrative("The cook broke his wrist when the robot let the tray fall.", asks: "health"),
    Narrative("Several customers fell ill after a recipe with raw beans.", asks: "health"),
    Narrative(
      "An allergic reaction followed the substitution that the model proposed.", asks: "health"),
    Narrative("She lost two fingers in the press.", asks: "health"),
    Narrative(
      "The nurse noticed the wrong medication in time; the patient was only monitored.",
      asks: "health"),
    Narrative("A suicide attempt; the girl survived.", asks: "health death"),
    Narrative("Eine Pflegekraft wurde schwer verletzt.", asks: "health"),
    Narrative("Deux enfants ont été blessés.", asks: "health"),
    Narrative("Tres trabajadores resultaron heridos.", asks: "health"),
    Narrative("Due operai sono rimasti feriti.", asks: "health"),
    Narrative(
      "The region was without power for nine hours after the agent opened the breakers.",
      asks: "infrastructure"),
    Narrative("A blackout hit the city.", asks: "infrastructure"),
    Narrative(
      "The substation cannot be repaired; its transformer has burned out.", asks: "infrastructure"),
    Narrative(
      "The water treatment plant dosed chlorine by the figures of the model.",
      asks: "infrastructure"),
    Narrative(
      "Emergency calls went unanswered for two hours because the dispatch assistant looped.",
      asks: "infrastructure"),
    Narrative("Air traffic was suspended over the region.", asks: "infrastructure"),
    Narrative("All trains were halted after the signalling plan failed.", asks: "infrastructure"),
    Narrative("The payment system of the country was down for a morning.", asks: "infrastructure"),
    Narrative(
      "The mobile network collapsed after the agent pushed a configuration.", asks: "infrastructure"
    ),
    Narrative(
      "The hospital's systems were offline and ambulances were diverted.", asks: "infrastructure"),
    Narrative("The gas pipeline was shut by an automated order.", asks: "infrastructure"),
    Narrative("SCADA commands were sent by the agent without approval.", asks: "infrastructure"),
    Narrative("District heating failed in January.", asks: "infrastructure"),
    Narrative("Der Stromausfall dauerte die ganze Nacht.", asks: "infrastructure"),
    Narrative("Une panne d'électricité a touché la région.", asks: "infrastructure"),
    Narrative("El apagón afectó a la capital.", asks: "infrastructure"),
    Narrative("Il blackout ha colpito la città.", asks: "infrastructure"),
    Narrative(
      "Applicants with foreign names were rejected by the screening model.", asks: "rights"),
    Narrative("The model discriminated against women in loan decisions.", asks: "rights"),
    Narrative("A man was wrongly arrested after a false face recognition match.", asks: "rights"),
    Narrative("Chats of thousands of users with health questions became public.", asks: ""),
    Narrative("Personal data of 40,000 customers appeared in answers.", asks: "rights"),
    Narrative("Nude images of pupils were generated without their consent.", asks: "rights"),
    Narrative(
      "The bot invented a crime and named a real teacher: defamation, says her lawyer.",
      asks: "rights"),
    Narrative("Families were denied benefits because the model had flagged them.", asks: "rights"),
    Narrative(
      "An asylum application was refused on a translation that the model got wrong.", asks: "rights"
    ),
    Narrative("Hate speech against a minority was produced at scale.", asks: "rights"),
    Narrative("Voters received calls with a deepfake of the candidate.", asks: "rights"),
    Narrative("The employer used it for surveillance of union members.", asks: "rights"),
    Narrative("A journalist was stalked with the help of the assistant.", asks: "rights"),
    Narrative("Sexual material involving a child was generated.", asks: "rights"),
    Narrative("Bewerberinnen wurden diskriminiert.", asks: "rights"),
    Narrative("Des données personnelles ont été divulguées.", asks: "rights"),
    Narrative("Se publicaron datos personales de clientes.", asks: "rights"),
    Narrative("Sono stati diffusi dati personali.", asks: "rights"),
    Narrative("The warehouse burned down.", asks: "property_environment"),
    Narrative("Ten tonnes of solvent were released into the river.", asks: "property_environment"),
    Narrative(
      "The agent deleted the production database and its backups.", asks: "property_environment"),
    Narrative(
      "A pensioner lost her savings to a scam written by the model.", asks: "property_environment"),
    Narrative(
      "Unauthorised transfers of two million euros were made by the agent.",
      asks: "property_environment"),
    Narrative("The ship collided with the pier; oil spilled.", asks: "property_environment"),
    Narrative("A flash crash wiped out billions.", asks: "property_environment"),
    Narrative(
      "The dam gate was opened and fields were flooded.",
      asks: "property_environment infrastructure"),
    Narrative(
      "Fish died along five kilometres of the river after the discharge.",
      asks: "property_environment"),
    Narrative("The harvester destroyed the crop.", asks: "property_environment"),
    Narrative(
      "A wildfire started where the drone had dropped flares.", asks: "property_environment"),
    Narrative(
      "Bei dem Brand entstand ein Schaden von zwei Millionen Euro.", asks: "property_environment"),
    Narrative("La rivière a été polluée.", asks: "property_environment"),
    Narrative("El incendio destruyó la nave.", asks: "property_environment"),
    Narrative("L'incendio ha distrutto il magazzino.", asks: "property_environment"),
  ]

  /// Breaches of cybersecurity.
  static let breaches: [Narrative] = [
    Narrative("Weights of the model were copied from the storage bucket.", asks: "cyber_breach"),
    Narrative("An attacker exfiltrated the checkpoint.", asks: "cyber_breach"),
    Narrative("The model tried to copy itself to another server.", asks: ""),
    Narrative("The agent copied itself to a rented machine.", asks: "cyber_breach"),
    Narrative("Self-exfiltration was detected in the test cluster.", asks: "cyber_breach"),
    Narrative("Our weights were uploaded as a torrent.", asks: "cyber_breach"),
    Narrative("Somebody stole the parameters of the unreleased model.", asks: "cyber_breach"),
    Narrative("The agent escaped from its sandbox and scanned the network.", asks: "cyber_breach"),
    Narrative("Ransomware encrypted the training cluster.", asks: "cyber_breach"),
    Narrative(
      "An employee's credentials were phished and used to log in to the weight store.",
      asks: "cyber_breach"),
    Narrative(
      "A prompt injection made the agent send API keys to an outside address.", asks: "cyber_breach"
    ),
    Narrative("The model was used to write the malware that hit a ministry.", asks: "cyber_breach"),
    Narrative("Unauthorised access to the inference servers was found.", asks: "cyber_breach"),
    Narrative("A backdoor was found in the data set.", asks: "cyber_breach"),
    Narrative(
      "The data centre was broken into and drives with weights are missing.", asks: "cyber_breach"),
    Narrative("A group used the assistant for a cyberattack on a bank.", asks: "cyber_breach"),
    Narrative("Hackers took over accounts of developers.", asks: "cyber_breach"),
    Narrative("A zero-day in the serving stack was exploited.", asks: "cyber_breach"),
    Narrative("Die Modellgewichte wurden gestohlen.", asks: "cyber_breach"),
    Narrative("Les poids du modèle ont été volés par un pirate.", asks: "cyber_breach"),
    Narrative("Los pesos del modelo fueron robados en un ciberataque.", asks: "cyber_breach"),
    Narrative("I pesi del modello sono stati rubati.", asks: "cyber_breach"),
  ]

  /// Nothing to ask about.
  static let quietOnes: [Narrative] = [
    "The summary left out the second chapter of the novel.",
    "The translation used the formal form of address.",
    "The assistant recommended a restaurant that had moved.",
    "Answers took twice as long as usual this morning.",
    "The spelling checker turned colour into color.",
    "The bot told the same joke four times.",
    "The poem did not rhyme.",
    "The calendar entry was made for the wrong week.",
    "The model refused to write a limerick.",
    "The tone of the reply was curt.",
    "It suggested a red tie with a green shirt.",
    "The training pipeline restarted twice overnight.",
    "The code it wrote did not compile.",
    "The recipe called for too much cinnamon.",
    "A user asked for a refund of the monthly fee.",
    "Le résumé était trop long.",
    "Die Antwort war unhöflich.",
    "La traducción era literal.",
    "La risposta era vaga.",
    "",
    "   …   ",
  ].map {
    Narrative(
      $0, quiet: "death health infrastructure rights property_environment cyber_breach")
  }
}
